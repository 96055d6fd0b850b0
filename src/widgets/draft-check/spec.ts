import { print } from '$kernels/describe/print';
import { draftAndVerify } from '$kernels/mtp/draftAndVerify';
import { defineWidget } from '$widgets/contract';

const TOKENS = 5;
const DEEPEST = 8;
const DEPTHS = Array.from({ length: DEEPEST + 1 }, (_, depth) => depth);

/** A draft that says token 1 and hardly anything else. */
const SURE = [10, 0.1, 0.1, 0.1, 0.1];

const evidence = {
	test: 'tests/kernels/mtp/draftAndVerify.test.ts',
	against: 'the distance of two distributions, and sums by hand',
	tolerance: '1e-12 absolute'
};

const weights = {
	type: 'vector',
	item: 'token',
	min: 0.1,
	max: 10,
	step: 0.1,
	minLength: TOKENS,
	maxLength: TOKENS
} as const;

const shares = (parts: readonly number[]) => {
	const sum = parts.reduce((total, part) => total + part, 0);
	return parts.map((part) => part / sum);
};

export const spec = defineWidget({
	name: 'draft-check',
	version: 1,
	title: 'What does a cheap draft save, and what can it spoil?',
	paper: '01-deepseek-techniques',
	params: {
		model: {
			...weights,
			label: 'Large model, weights',
			symbol: 'p',
			help: 'Of five tokens that may come next. Divided by their sum they are probabilities.',
			default: [6, 2, 1, 0.6, 0.4]
		},
		draft: {
			...weights,
			label: 'Draft, weights',
			symbol: 'q',
			help: 'What the small module thinks of the same five tokens.',
			default: [5, 3, 1, 0.5, 0.5]
		},
		depth: {
			type: 'stepper',
			label: 'Drafted tokens a pass',
			symbol: 'D',
			help: 'DeepSeek-V3 drafts one.',
			min: 1,
			max: DEEPEST,
			step: 1,
			default: 1
		}
	},
	presets: {
		near: {
			label: 'A near draft',
			reason: 'Nearly every draft is kept, and a pass yields nearly two tokens.',
			values: {}
		},
		sure: {
			label: 'Too sure of itself',
			reason: 'It always drafts the first token. What is refused is drawn from the other four.',
			values: { draft: SURE }
		},
		deep: {
			label: 'Eight drafts',
			reason: 'One refusal ends the chain: later drafts add less and less.',
			values: { depth: 8 }
		},
		lost: {
			label: 'A draft that is lost',
			reason: 'It is wrong about most. However deep it drafts, a pass hardly yields more than one.',
			values: { draft: [0.1, 0.1, 0.1, 5, 5], depth: 8 },
			limit: true
		}
	},
	quantities: {
		accepted: {
			label: 'Drafted and kept, min(p, q)',
			kind: 'exact',
			role: 'policy',
			mark: 'bar',
			evidence
		},
		resampled: {
			label: 'Drawn after a refusal',
			kind: 'exact',
			role: 'old',
			mark: 'bar',
			evidence
		},
		draft: { label: 'Draft q', kind: 'exact', role: 'reference', mark: 'point', evidence },
		tokens: { label: 'Tokens a pass, by D', kind: 'exact', role: 'policy', evidence },
		acceptance: { label: 'Kept, α', kind: 'exact', digits: 3, evidence },
		perPass: { label: 'Tokens a pass', kind: 'exact', digits: 3, evidence },
		most: { label: 'At any depth below', kind: 'exact', digits: 3, evidence }
	},
	run(values) {
		const p = shares(values.model);
		const q = shares(values.draft);
		const { acceptance, output, tokensPerPass } = draftAndVerify(p, q, values.depth);
		const accepted = p.map((probability, i) => Math.min(probability, q[i]));
		const places = p.map((_, i) => i + 1);
		return {
			acceptance,
			perPass: tokensPerPass,
			most: acceptance < 1 - 1e-12 ? 1 / (1 - acceptance) : Infinity,
			series: {
				accepted: { x: places, y: accepted },
				resampled: { x: places, y: output.map((probability, i) => probability - accepted[i]) },
				draft: { x: places, y: q },
				tokens: { x: DEPTHS, y: DEPTHS.map((depth) => draftAndVerify(p, q, depth).tokensPerPass) }
			}
		};
	},
	describe: ({ acceptance, perPass }, { depth }) => [
		`Of the drafts ${print(100 * acceptance)} % are kept; with ${depth === 1 ? 'one draft' : `${depth} drafts`} a pass yields ${print(perPass)} tokens on average.`,
		'What comes out follows the large model, whatever drafts.'
	],
	table: ({ series: { accepted, resampled, draft } }) => ({
		columns: [
			{ label: 'token', digits: 0 },
			{ label: 'draft q', digits: 4 },
			{ label: 'drafted and kept', digits: 4 },
			{ label: 'drawn after a refusal', digits: 4 },
			{ label: 'comes out', digits: 4 }
		],
		rows: accepted.x.map((token, i) => [
			token,
			draft.y[i],
			accepted.y[i],
			resampled.y[i],
			accepted.y[i] + resampled.y[i]
		])
	}),
	numbers: ({ acceptance, perPass, most }) => ({ acceptance, perPass, most }),
	questions: {
		spoils: {
			type: 'choice',
			ask: 'The draft always says token 1, which the large model gives 0.6. How often is the token that comes out token 1?',
			options: [
				{ text: 'Always', feedback: 'A draft is checked, and refused where it is too sure.' },
				{ text: '0.6 of the time', feedback: 'Kept with probability p/q, and not drawn again.' },
				{
					text: 'More than 0.6, less than always',
					feedback: 'What is refused is drawn only from what the draft gave too little.'
				}
			],
			answer(at) {
				const { accepted, resampled } = at({ draft: SURE }).series;
				const out = accepted.y[0] + resampled.y[0];
				return out > 0.999 ? 0 : Math.abs(out - 0.6) < 1e-9 ? 1 : 2;
			},
			explain(at) {
				const { accepted, resampled } = at({ draft: SURE }).series;
				return `It comes out ${print(accepted.y[0] + resampled.y[0])} of the time, as the large model has it: the check undoes what the draft puts in too often.`;
			}
		},
		second: {
			type: 'number',
			ask: 'Of the drafts 0.89 are kept, so one draft gives 1.89 tokens a pass. How many more does a second draft in the same pass add?',
			min: 0,
			max: 1,
			step: 0.01,
			near: 0.02,
			tooLow: 'It counts where the first was kept and it is kept too.',
			tooHigh: 'A second draft is only looked at where the first was kept.',
			answer(at) {
				const { tokens } = at().series;
				return tokens.y[2] - tokens.y[1];
			},
			explain(at) {
				const { tokens } = at().series;
				return `It adds α², here ${print(tokens.y[2] - tokens.y[1])}: both must be kept.`;
			}
		}
	},
	standIns: [
		'Five tokens stand in for a vocabulary, and one acceptance rate for every place in a chain of drafts.'
	],
	source: ['kernels/mtp/draftAndVerify.ts']
});
