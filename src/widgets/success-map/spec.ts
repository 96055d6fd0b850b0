import { print } from '$kernels/describe/print';
import { criticalBeta } from '$kernels/grpo-dynamics/criticalBeta';
import { fixedPoints } from '$kernels/grpo-dynamics/fixedPoints';
import { orbitLimit } from '$kernels/grpo-dynamics/orbitLimit';
import { successMap } from '$kernels/grpo-dynamics/successMap';
import { successTrajectory } from '$kernels/grpo-dynamics/successTrajectory';
import { defineWidget } from '$widgets/contract';

/** Points of the curve, dense towards 0 and 1, where it is steep. */
const RATES = Array.from({ length: 161 }, (_, i) => 1 / (1 + Math.exp(9 - (18 * i) / 160)));

const evidence = (kernel: string) => ({
	test: `tests/kernels/grpo-dynamics/${kernel}.test.ts`,
	against: 'a separate computation in another language, and closed forms',
	tolerance: '1e-7 relative'
});

export const spec = defineWidget({
	name: 'success-map',
	version: 1,
	title: 'Where does the success rate go, step after step?',
	paper: '30-grpo-dynamics',
	params: {
		pRef: {
			type: 'range',
			label: 'Success rate of the reference',
			symbol: 'p_ref',
			scale: 'log',
			min: 0.0005,
			max: 0.95,
			step: 0.0005,
			default: 0.2
		},
		beta: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_loss_coef' },
			help: 'The theory’s: each iteration is maximised exactly. A trainer’s β acts with few gradient steps.',
			scale: 'log',
			min: 0.01,
			max: 20,
			step: 0.01,
			default: 2
		},
		steps: {
			type: 'stepper',
			label: 'Iterations',
			symbol: 'n',
			min: 1,
			max: 60,
			step: 1,
			default: 12
		},
		epsilon: {
			type: 'range',
			label: 'Added under the root',
			symbol: 'ε',
			scale: 'log',
			min: 1e-9,
			max: 0.1,
			step: 1e-9,
			default: 1e-5,
			more: true
		}
	},
	presets: {
		settles: {
			label: 'It settles',
			reason: 'One overshoot, then closer and closer to the fixed point.',
			values: {}
		},
		cycle: {
			label: 'It never settles',
			reason: 'The fixed point is above the reference, but it repels: two rates in turn.',
			values: { pRef: 0.001, beta: 5, steps: 40 },
			limit: true
		},
		absorbed: {
			label: 'Leaps to 1',
			reason: 'A harder question than the next preset’s, at the same β, and it goes to 1.',
			values: { pRef: 0.001, beta: 2 }
		},
		easier: {
			label: 'Easier, yet it cycles',
			reason: 'Five times as likely to be right at the start, and no rest.',
			values: { pRef: 0.005, beta: 2, steps: 40 },
			limit: true
		},
		trainer: {
			label: 'A trainer’s β',
			reason: 'Below the critical β nothing holds the success rate: one step, and it is 1.',
			values: { beta: 0.04 },
			limit: true
		}
	},
	quantities: {
		map: {
			label: 'Next success rate, h(p)',
			kind: 'exact',
			role: 'theory',
			evidence: evidence('successMap')
		},
		orbit: {
			label: 'Success rate by iteration',
			kind: 'exact',
			role: 'policy',
			evidence: evidence('successVariants')
		},
		reference: {
			label: 'Reference p_ref',
			kind: 'exact',
			digits: 4,
			evidence: evidence('successVariants')
		},
		fixedPoint: {
			label: 'Fixed point p*',
			kind: 'exact',
			digits: 4,
			evidence: evidence('fixedPoints')
		},
		slope: { label: 'Slope there, h′(p*)', kind: 'exact', evidence: evidence('fixedPoints') },
		low: { label: 'Ends at, lowest', kind: 'exact', digits: 4, evidence: evidence('fixedPoints') },
		high: {
			label: 'Ends at, highest',
			kind: 'exact',
			digits: 4,
			evidence: evidence('fixedPoints')
		},
		critical: { label: 'Critical β', kind: 'exact', evidence: evidence('fixedPoints') }
	},
	run({ pRef, beta, epsilon, steps }) {
		const params = { pRef, beta, epsilon };
		const orbit = successTrajectory('whitened', params, steps).rates;
		return {
			fixed: fixedPoints(params).map(({ rate, slope, stable }) => ({ rate, slope, stable })),
			limit: orbitLimit('whitened', params).rates,
			critical: criticalBeta(pRef).beta,
			pRef,
			series: {
				map: { x: RATES, y: RATES.map((p) => successMap(p, params)) },
				orbit: { x: orbit.map((_, n) => n), y: orbit }
			}
		};
	},
	describe({ fixed, limit, pRef, critical, series: { orbit } }, { beta }) {
		const [lowest] = fixed;
		const end = orbit.y.at(-1)!;
		const sentences: string[] = [];
		if (limit.length > 1) {
			sentences.push(
				`The success rate ends up jumping between ${print(Math.min(...limit))} and ${print(Math.max(...limit))}: the fixed point ${print(lowest.rate)} repels, with slope ${print(lowest.slope)}.`
			);
		} else if (limit[0] > 0.9999) {
			sentences.push(
				`From ${print(pRef)} the success rate goes to 1${orbit.y[1] > 0.9999 ? ' in one step' : ''}.`
			);
		} else {
			sentences.push(
				`From ${print(pRef)} the success rate settles at ${print(limit[0])}, ${print(limit[0] / pRef)} times the reference; after ${orbit.y.length - 1} iterations it is ${print(end)}.`
			);
		}
		sentences.push(
			beta < critical
				? `β is below its critical value ${print(critical)}: there is no fixed point short of 1.`
				: `β is above its critical value ${print(critical)}, so a fixed point stands between the reference and 1.`
		);
		return sentences;
	},
	table: ({ series: { orbit } }) => ({
		columns: [
			{ label: 'iteration', digits: 0 },
			{ label: 'success rate', digits: 6 }
		],
		rows: orbit.x.map((n, i) => [n, orbit.y[i]])
	}),
	numbers: ({ fixed, limit, pRef, critical }) => ({
		reference: pRef,
		fixedPoint: fixed[0].rate,
		slope: fixed[0].slope,
		low: Math.min(...limit),
		high: Math.max(...limit),
		critical
	}),
	questions: {
		harder: {
			type: 'choice',
			ask: 'Two questions, both with β = 5. The reference answers one rightly once in a hundred times, the other once in a thousand. Which has the higher success rate after one exact iteration?',
			options: [
				{
					text: 'The easier one, once in a hundred',
					feedback: 'It starts ahead, but the push grows as success gets rarer.'
				},
				{
					text: 'The harder one, once in a thousand',
					feedback: 'Count the push again: it is 1/√p, over β.'
				},
				{
					text: 'They come out equal',
					feedback: 'Their pushes differ by a factor of about three, in logits.'
				}
			],
			answer(at) {
				const [easy, hard] = [0.01, 0.001].map((pRef) => at({ pRef, beta: 5 }).series.orbit.y[1]);
				return easy > hard ? 0 : hard > easy ? 1 : 2;
			},
			explain(at) {
				const [easy, hard] = [0.01, 0.001].map((pRef) => at({ pRef, beta: 5 }).series.orbit.y[1]);
				return `After one step the easier question stands at ${print(easy)} and the harder at ${print(hard)}: dividing by the deviation favours rare success that much.`;
			}
		},
		doubleBeta: {
			type: 'number',
			ask: 'With p_ref = 0.2 and β = 2 the fixed point is about 0.41. Where is it with β = 4?',
			min: 0,
			max: 1,
			step: 0.01,
			near: 0.02,
			tooLow: 'The fixed point stays above the reference, whatever β is.',
			tooHigh: 'A larger penalty holds the policy nearer to the reference.',
			answer: (at) => at({ beta: 4 }).fixed[0].rate,
			explain: (at) =>
				`It is ${print(at({ beta: 4 }).fixed[0].rate)}: above 0.2, as the theorem says, and below ${print(at({ beta: 2 }).fixed[0].rate)}.`
		}
	},
	standIns: [],
	source: [
		'kernels/grpo-dynamics/successMap.ts',
		'kernels/grpo-dynamics/successTrajectory.ts',
		'kernels/grpo-dynamics/fixedPoints.ts',
		'kernels/grpo-dynamics/orbitLimit.ts',
		'kernels/grpo-dynamics/criticalBeta.ts'
	]
});
