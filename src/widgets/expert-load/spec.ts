import { print } from '$kernels/describe/print';
import { mean } from '$kernels/core/mean';
import { createStream } from '$kernels/core/stream';
import { balanceExperts } from '$kernels/moe/balanceExperts';
import { gate } from '$kernels/moe/gate';
import { defineWidget } from '$widgets/contract';

const EXPERTS = 16;
const TOP = 4;
const GROUPS = 4;
const KEPT = 2;
const TOKENS = 128;
const STEPS = 120;
/** The steps that the numbers are a mean of. */
const LATE = 30;
/** Steps between two pictures of a run that unfolds. */
const STRIDE = 6;

const routed = { topK: TOP, nGroup: GROUPS, topkGroup: KEPT, routedScalingFactor: 2.5 };
const balanced = {
	test: 'tests/kernels/moe/balance.test.ts',
	against: 'Megatron’s update, the number of places handed out, and 20 seeds',
	tolerance: 'exact counts'
};
const gated = {
	test: 'tests/kernels/moe/gate.test.ts',
	against: 'DeepSeek’s Gate and Hugging Face’s router, run on the same numbers',
	tolerance: '1e-6'
};

export const spec = defineWidget({
	name: 'expert-load',
	version: 1,
	title: 'Can a bias balance the experts?',
	paper: '01-deepseek-techniques',
	random: true,
	long: true,
	params: {
		balancing: {
			type: 'switch',
			label: 'Move the biases',
			help: 'Off: all biases stay as they start.',
			default: true
		},
		rate: {
			type: 'range',
			label: 'Step of a bias',
			symbol: 'γ',
			help: 'After each step a bias falls by γ where its expert had more tokens than the mean, and rises by γ where it had fewer.',
			scale: 'log',
			min: 0.001,
			max: 1,
			step: 0.001,
			default: 0.01
		},
		heat: {
			type: 'range',
			label: 'One hot topic',
			help: '0: tokens of all kinds. 2: all tokens lean strongly towards one topic.',
			min: 0,
			max: 2,
			step: 0.1,
			default: 1
		},
		library: {
			type: 'choice',
			label: 'Gate',
			help: 'What stands for an expert of a group that was not kept: −∞ in DeepSeek’s code, 0 in Hugging Face’s.',
			options: { official: 'DeepSeek’s (−∞)', transformers: 'Hugging Face’s (0)' },
			default: 'official'
		},
		startBias: {
			type: 'range',
			label: 'Every bias at the start',
			symbol: 'b_i',
			help: 'One number for all changes no order in DeepSeek’s gate.',
			min: -1,
			max: 1,
			step: 0.1,
			default: 0,
			more: true
		}
	},
	presets: {
		balanced: {
			label: 'Biases at work',
			reason: 'The fullest expert comes down; no loss was added to do it.',
			values: {}
		},
		off: {
			label: 'No balancing',
			reason: 'The hot topic’s experts stay full, others stay empty.',
			values: { balancing: false }
		},
		slow: {
			label: 'A small step',
			reason: 'At γ = 0.001 the biases are still on their way after 120 steps.',
			values: { rate: 0.001 }
		},
		swing: {
			label: 'γ too large',
			reason: 'Each step overshoots: experts swing between full and empty.',
			values: { rate: 0.5 },
			limit: true
		},
		astray: {
			label: 'Negative biases, the other gate',
			reason:
				'A 0 for banned experts beats a negative score: tokens go to groups that were not kept.',
			values: { library: 'transformers', startBias: -1 },
			limit: true
		}
	},
	quantities: {
		violation: {
			label: 'MaxVio: fullest expert above the mean',
			kind: 'sampled',
			role: 'policy',
			digits: 2,
			evidence: balanced
		},
		late: {
			label: `MaxVio, mean of the last ${LATE} steps`,
			kind: 'sampled',
			digits: 2,
			evidence: balanced
		},
		first: { label: 'MaxVio at the first step', kind: 'sampled', digits: 2, evidence: balanced },
		emptiest: {
			label: 'Tokens of the emptiest expert in the last step',
			kind: 'sampled',
			digits: 0,
			evidence: balanced
		},
		astray: {
			label: 'Places given to groups that were not kept',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence: gated
		}
	},
	*run({ balancing, rate, heat, library, startBias }, stream) {
		const steps = balanceExperts(stream, {
			experts: EXPERTS,
			tokens: TOKENS,
			steps: STEPS,
			width: 16,
			heat,
			rate: balancing ? rate : 0,
			update: 'megatron',
			startBias,
			library,
			...routed
		});
		const violations: number[] = [];
		let astray = 0;
		for (const { loads, bias, violation, astray: lost } of steps) {
			violations.push(violation);
			astray += lost;
			const done = violations.length;
			if (done % STRIDE === 0 || done === STEPS) {
				yield {
					loads,
					bias: [...bias],
					steps: STEPS,
					fair: (TOKENS * TOP) / EXPERTS,
					first: violations[0],
					late: mean(violations.slice(-LATE)),
					astray: astray / (done * TOKENS * TOP),
					series: {
						violation: { x: violations.map((_, i) => i + 1), y: [...violations] }
					}
				};
			}
		}
	},
	describe({ loads, fair, first, late, astray, series }, { balancing, rate }) {
		const said = [
			`MaxVio is ${print(first)} in the first step and ${print(late)} on average over the last ${Math.min(LATE, series.violation.y.length)}${balancing ? ` at γ = ${print(rate)}` : ', with biases that stay'}.`,
			`In the last step the fullest expert has ${Math.max(...loads)} tokens, the emptiest ${Math.min(...loads)}; a fair share is ${fair}.`
		];
		if (astray > 0) {
			said.push(
				`${print(100 * astray)} % of all places went to experts of groups that were not kept.`
			);
		}
		return said;
	},
	table({ loads, bias }) {
		return {
			columns: [
				{ label: 'expert', digits: 0 },
				{ label: 'tokens in the last step', digits: 0 },
				{ label: 'bias' }
			],
			rows: loads.map((load, i) => [i + 1, load, bias[i]])
		};
	},
	numbers: ({ loads, first, late, astray }) => ({
		late,
		first,
		emptiest: Math.min(...loads),
		astray: 100 * astray
	}),
	questions: {
		weight: {
			type: 'choice',
			ask: 'A token already goes to expert i. Its bias b_i is raised by 0.1, and the token still goes to the same four experts. What happens to the weight of expert i in the output?',
			options: [
				{
					text: 'It rises',
					feedback: 'The bias decides who is chosen. Look at what the weight is made of.'
				},
				{
					text: 'It stays the same',
					feedback: 'The weights are made from the scores without the bias.'
				},
				{
					text: 'It falls',
					feedback: 'Nothing is subtracted: the bias does not enter the weights at all.'
				}
			],
			answer() {
				const [before, after] = [0, 0.1].map(weightOfBest);
				return after > before ? 0 : after === before ? 1 : 2;
			},
			explain() {
				const [before, after] = [0, 0.1].map(weightOfBest);
				return `For a random token we computed it is ${print(before, 4)} before and ${print(after, 4)} after. So balancing moves tokens and leaves the mixture of the chosen experts alone.`;
			}
		},
		large: {
			type: 'choice',
			ask: 'At the default heat γ goes from 0.01 to 0.5. What becomes of MaxVio over the last 30 steps?',
			options: [
				{
					text: 'It is smaller',
					feedback:
						'The sign in the update knows no size: near balance each bias still takes a full step.'
				},
				{
					text: 'It is about the same',
					feedback: 'A score lies between 0 and 1. A step of 0.5 moves an expert past most others.'
				},
				{ text: 'It is larger', feedback: 'The loads swing: full in one step, empty in the next.' }
			],
			answer(at) {
				const [small, large] = [0.01, 0.5].map((rate) => at({ rate }).late);
				return large < 0.9 * small ? 0 : large > 1.1 * small ? 2 : 1;
			},
			explain(at) {
				const [small, large] = [0.01, 0.5].map((rate) => at({ rate }).late);
				return `It is ${print(large)} instead of ${print(small)}. A bias that overshoots is pushed back by the same step, and overshoots again.`;
			}
		},
		gates: {
			type: 'choice',
			ask: 'All biases start at −1. One gate writes −∞ for experts of groups that were not kept, the other writes 0. Which of them sends tokens to such experts?',
			options: [
				{
					text: 'Neither',
					feedback:
						'With b = −1 every s + b is below 0. What is then the largest number in the list?'
				},
				{
					text: 'The one with −∞',
					feedback: 'Nothing is below −∞: such an expert comes last, always.'
				},
				{
					text: 'The one with 0',
					feedback: 'A banned expert’s 0 beats every kept expert’s negative score.'
				},
				{ text: 'Both', feedback: 'Nothing is below −∞, so that gate never does.' }
			],
			answer(at) {
				const [minus, zero] = (['official', 'transformers'] as const).map(
					(library) => at({ library, startBias: -1 }).astray > 0
				);
				return minus && zero ? 3 : zero ? 2 : minus ? 1 : 0;
			},
			explain(at) {
				const { astray } = at({ library: 'transformers', startBias: -1 });
				return `The gate with 0: ${print(100 * astray)} % of the places over the whole run. The gate with −∞: none.`;
			}
		}
	},
	standIns: [
		`Tokens are synthetic: random vectors that share one topic. ${EXPERTS} experts in ${GROUPS} groups stand for 256 in 8; ${TOP} are chosen, from ${KEPT} groups.`,
		'The experts and the gate do not learn; only the biases move.'
	],
	source: [
		'kernels/moe/balanceExperts.ts',
		'kernels/moe/gate.ts',
		'kernels/moe/biasUpdate.ts',
		'kernels/moe/maxViolation.ts'
	]
});

/** The weight of a random token's best expert, after `more` is added to that expert's bias. */
function weightOfBest(more: number): number {
	const own = createStream(1);
	const logits = Array.from({ length: EXPERTS }, () => 4 * own.uniform() - 2);
	const best = gate(logits, routed).experts[0];
	const bias = logits.map((_, i) => (i === best ? more : 0));
	const { experts, weights } = gate(logits, { ...routed, bias });
	return weights[experts.indexOf(best)];
}
