import { print } from '$kernels/describe/print';
import { extremes } from '$kernels/describe/extremes';
import { cumulativeRegret } from '$kernels/test-time/cumulativeRegret';
import { normalizedRegret } from '$kernels/test-time/normalizedRegret';
import { oracleCurve } from '$kernels/test-time/oracleCurve';
import { defineWidget } from '$widgets/contract';

/** Candidates that the oracle halves: it needs four episodes. */
const CANDIDATES = 16;
const MOST = 9;

const closedForm = (test: string) => ({
	test: `tests/kernels/test-time/${test}.test.ts`,
	against: 'worked values and the identity with progress',
	tolerance: '1e-12'
});

export const spec = defineWidget({
	name: 'regret-curve',
	version: 1,
	title: 'What does it cost to be right late?',
	paper: '23-mrt',
	params: {
		successCurve: {
			type: 'vector',
			label: 'Success if it answered now',
			symbol: 'J_j',
			item: 'J',
			help: 'After 0, 1, 2, … episodes. Drag the points of the drawing, or type.',
			default: [0.1, 0.1, 0.15, 0.2, 0.2, 0.9],
			min: 0,
			max: 1,
			step: 0.05,
			minLength: 2,
			maxLength: MOST
		},
		comparator: {
			type: 'choice',
			label: 'Compared with',
			symbol: 'J*',
			help: 'The paper bounds the best policy by 1. The halving oracle is the best policy of a search among 16 candidates.',
			options: { one: 'always right', oracle: 'halving 16 candidates' },
			default: 'one'
		},
		episodeTokens: {
			type: 'range',
			label: 'Tokens an episode',
			min: 100,
			max: 4000,
			step: 100,
			default: 1000,
			unit: 'tokens'
		},
		budget: {
			type: 'range',
			label: 'Token budget',
			symbol: 'C_0',
			help: 'Normalised regret is taken up to here.',
			min: 1000,
			max: 32000,
			step: 500,
			default: 6000,
			unit: 'tokens'
		}
	},
	presets: {
		late: {
			label: 'Late insight',
			reason: 'Nothing for four episodes, then the answer: right in the end, costly on the way.',
			values: {}
		},
		early: {
			label: 'Early insight',
			reason: 'The same jump three episodes earlier, the same end.',
			values: { successCurve: [0.1, 0.1, 0.8, 0.85, 0.85, 0.9] }
		},
		steady: {
			label: 'Steady progress',
			reason: 'Each episode adds as much as the one before.',
			values: { successCurve: [0.1, 0.26, 0.42, 0.58, 0.74, 0.9] }
		},
		doubt: {
			label: 'Talked out of it',
			reason: 'One episode loses what the one before had found: its progress is negative.',
			values: { successCurve: [0.1, 0.3, 0.25, 0.6, 0.9] }
		},
		flat: {
			label: 'Checks for ever',
			reason:
				'Right from the second episode and never better: no more to gain, tokens still spent.',
			values: { successCurve: [0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9] },
			limit: true
		},
		oracle: {
			label: 'One by one against halving',
			reason: 'Testing 16 candidates one at a time, against the oracle that halves them.',
			values: {
				successCurve: [1 / 16, 1 / 15, 1 / 14, 1 / 13, 1 / 12],
				comparator: 'oracle'
			}
		}
	},
	quantities: {
		success: {
			label: 'Success if it answered now, J',
			kind: 'exact',
			role: 'policy',
			evidence: {
				test: 'tests/kernels/test-time/progress.test.ts',
				against: 'the values you set',
				tolerance: 'exact'
			}
		},
		best: {
			label: 'Best policy, J*',
			kind: 'exact',
			role: 'theory',
			evidence: {
				test: 'tests/kernels/test-time/searchTask.test.ts',
				against: 'the closed form min(1, 2^j/16) of halving',
				tolerance: '1e-12'
			}
		},
		cumulative: {
			label: 'Cumulative regret, Δ',
			kind: 'exact',
			role: 'failure',
			evidence: closedForm('cumulativeRegret')
		},
		regret: {
			label: 'Cumulative regret Δ',
			kind: 'exact',
			evidence: closedForm('cumulativeRegret')
		},
		progress: { label: 'Sum of progress', kind: 'exact', evidence: closedForm('progress') },
		final: { label: 'Success at the end', kind: 'exact', evidence: closedForm('progress') },
		normalised: {
			label: 'Normalised regret at the budget',
			kind: 'exact',
			evidence: {
				test: 'tests/kernels/test-time/normalizedRegret.test.ts',
				against: 'worked values of the official notebook’s definition',
				tolerance: '1e-7'
			}
		}
	},
	run({ successCurve, comparator, episodeTokens, budget }) {
		const last = successCurve.length - 1;
		const best =
			comparator === 'one' ? successCurve.map(() => 1) : [...oracleCurve(CANDIDATES, last)];
		// Δ_k sums J_0 … J_{k−1}: the answer given after the last episode costs no more.
		const { cumulative, total } = cumulativeRegret(
			successCurve.slice(0, last),
			best.slice(0, last)
		);
		const episodes = successCurve.map((_, j) => j);
		const points = successCurve.map((success, j) => ({ tokens: (j + 1) * episodeTokens, success }));
		const { regret, curve } = normalizedRegret(points, budget);
		return {
			total,
			normalised: regret,
			byTokens: curve,
			budget,
			series: {
				success: { x: episodes, y: [...successCurve] },
				best: { x: episodes, y: best },
				cumulative: { x: episodes, y: [...cumulative] }
			}
		};
	},
	describe({ total, normalised, budget, series: { success } }) {
		const { low, high } = extremes(success.x, success.y);
		const last = success.y.length - 1;
		const steps = success.y.slice(1).map((y, j) => y - success.y[j]);
		const largest = steps.indexOf(Math.max(...steps));
		const sentences = [
			`Success goes from ${print(success.y[0])} to ${print(success.y[last])} over ${last} episodes; the cumulative regret is ${print(total)}.`
		];
		if (high.y === low.y) sentences.push('No episode changes anything.');
		else if (steps[largest] > 0) {
			sentences.push(
				`The largest step, ${print(steps[largest])}, is made by episode ${largest + 1}; ${steps.some((step) => step < 0) ? 'at least one episode loses ground.' : 'no episode loses ground.'}`
			);
		}
		sentences.push(`Up to ${budget} tokens the normalised regret is ${print(normalised)}.`);
		return sentences;
	},
	table({ series: { success, best, cumulative } }) {
		return {
			columns: [
				{ label: 'episodes', digits: 0 },
				{ label: 'success J' },
				{ label: 'best J*' },
				{ label: 'progress' },
				{ label: 'cumulative regret' }
			],
			rows: success.x.map((j, i) => [
				j,
				success.y[i],
				best.y[i],
				i === 0 ? '' : success.y[i] - success.y[i - 1],
				cumulative.y[i]
			])
		};
	},
	numbers: ({ total, normalised, series: { success } }) => ({
		regret: total,
		progress: success.y.at(-1)! - success.y[0],
		final: success.y.at(-1)!,
		normalised
	}),
	questions: {
		earlier: {
			type: 'choice',
			ask: 'Two traces of five episodes start at 0.1 and end at 0.9. One jumps in its last episode, the other in its second. What differs?',
			options: [
				{
					text: 'The sum of progress',
					feedback: 'Progress telescopes: its sum is the end minus the start, the same for both.'
				},
				{
					text: 'The cumulative regret',
					feedback: 'Compare the areas above the two curves again.'
				},
				{
					text: 'Both',
					feedback: 'The sum of progress is 0.8 for both, whatever happens between.'
				},
				{
					text: 'Neither',
					feedback: 'One trace is wrong for three episodes more: that is what regret counts.'
				}
			],
			answer(at) {
				const [late, early] = [5, 2].map((jump) => at({ successCurve: jumpAt(jump) }));
				const regret = Math.abs(late.total - early.total) > 1e-9;
				const sums = [late, early].map(
					({ series: { success } }) => success.y.at(-1)! - success.y[0]
				);
				const progress = Math.abs(sums[0] - sums[1]) > 1e-9;
				return progress && regret ? 2 : progress ? 0 : regret ? 1 : 3;
			},
			explain(at) {
				const [late, early] = [5, 2].map((jump) => at({ successCurve: jumpAt(jump) }).total);
				return `Both make 0.8 of progress in all. The regret is ${print(late)} with the late jump and ${print(early)} with the early one: three episodes more at 0.1 instead of 0.9.`;
			}
		},
		shift: {
			type: 'number',
			ask: 'A jump of 0.8 in success moves from episode 5 to episode 2, all else equal. By how much does the cumulative regret fall?',
			min: 0,
			max: 4,
			step: 0.1,
			near: 0.1,
			tooLow: 'Every episode in between gains the whole jump.',
			tooHigh: 'Only the episodes between the old place and the new one gain.',
			answer: (at) => at({ successCurve: jumpAt(5) }).total - at({ successCurve: jumpAt(2) }).total,
			explain(at) {
				const fall = at({ successCurve: jumpAt(5) }).total - at({ successCurve: jumpAt(2) }).total;
				return `It falls by ${print(fall)}: three episodes gain 0.8 each.`;
			}
		}
	},
	standIns: [],
	source: [
		'kernels/test-time/cumulativeRegret.ts',
		'kernels/test-time/progress.ts',
		'kernels/test-time/normalizedRegret.ts',
		'kernels/test-time/oracleCurve.ts'
	]
});

/** A trace of five episodes whose success jumps from 0.1 to 0.9 in one of them. */
function jumpAt(episode: number): number[] {
	return [0, 1, 2, 3, 4, 5].map((j) => (j < episode ? 0.1 : 0.9));
}
