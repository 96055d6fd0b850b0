import { print } from '$kernels/describe/print';
import { bm25, indexDocuments, splitWords } from '$kernels/retrieval/bm25';
import { policyLoss } from '$kernels/rl/policyLoss';
import { traceCredit } from '$kernels/search-r1/traceCredit';
import { DOCUMENTS } from '$kernels/search-r1/world';
import { defineWidget } from '$widgets/contract';

const index = indexDocuments(DOCUMENTS);
/** What the model writes, turn by turn: ten tokens. A passage follows each search. */
const TURNS = [
	'<search> Orlem river </search>',
	'<search> Zeb </search>',
	'<answer> Mirrow </answer>'
];
/** What the critic expects, from the start of a turn to its end; between turns it rises along the passage. */
const EXPECTED = [
	[0.2, 0.3],
	[0.5, 0.55],
	[0.8, 0.9]
];
const QUERIES = ['Orlem river', 'Zeb'];

/** So many words of the documents in BM25’s order, filled up with the rest of the collection. */
function passage(query: string, tokens: number): string[] {
	const { scores } = bm25(index, query);
	const order = DOCUMENTS.map((_, d) => d).sort((a, b) => scores[b] - scores[a] || a - b);
	const words = order.flatMap((d) => splitWords(DOCUMENTS[d]));
	return ['<information>', ...words.slice(0, tokens - 2), '</information>'];
}

const line = (from: number, to: number, n: number) =>
	Array.from({ length: n }, (_, i) => from + ((to - from) * i) / Math.max(1, n - 1));

/** The five tokens of the dossier's golden value: two of them retrieved. */
function fiveTokens(masked: boolean): number {
	return policyLoss(
		{
			batch: 1,
			length: 5,
			logProbs: [1.1, 1.5, 0.9, 1.3, 0.7].map(Math.log),
			oldLogProbs: [0, 0, 0, 0, 0],
			advantages: [1],
			mask: masked ? [1, 0, 0, 1, 1] : [1, 1, 1, 1, 1]
		},
		{ aggregation: 'bnpo', epsilon: 0.2 }
	).loss;
}

const evidence = (against: string, tolerance: string) => ({
	test: 'tests/kernels/search-r1/traceCredit.test.ts',
	against,
	tolerance
});
const closed = evidence('closed form', '1e-12');

export const spec = defineWidget({
	name: 'search-trace',
	version: 1,
	title: 'Who wrote this token, and who learns from it?',
	paper: '13-search-r1',
	params: {
		docTokens: {
			type: 'range',
			label: 'Tokens of each passage',
			library: { verl: 'max_obs_length' },
			help: 'Two passages are retrieved; the model itself writes ten tokens.',
			min: 5,
			max: 200,
			step: 5,
			whole: true,
			default: 45
		},
		stateMasking: {
			type: 'switch',
			label: 'Leave retrieved tokens out of the loss',
			library: { verl: 'actor.state_masking (Search-R1)' },
			default: true
		},
		right: {
			type: 'switch',
			label: 'The answer is right',
			help: 'The advantage of every token in the first drawing: +1 if right, −1 if wrong.',
			default: true
		},
		lam: {
			type: 'range',
			label: 'Trust in the rewards, GAE',
			symbol: 'λ',
			library: { trl: 'lam', verl: 'algorithm.lam' },
			help: 'Search-R1 trains with 1.',
			min: 0.8,
			max: 1,
			step: 0.01,
			default: 1
		}
	},
	presets: {
		masked: {
			label: 'Mask on',
			reason: 'Ten tokens carry the whole loss, whatever was retrieved.',
			values: {}
		},
		unmasked: {
			label: 'Mask off',
			reason: 'Most of the loss now pushes the model to write what the search engine wrote.',
			values: { stateMasking: false },
			limit: true
		},
		long: {
			label: 'Mask off, long passages',
			reason: 'The model’s own ten tokens are a fortieth of the loss.',
			values: { stateMasking: false, docTokens: 195 },
			limit: true
		},
		wrong: {
			label: 'Mask off, wrong answer',
			reason: 'The push turns round: the model learns to find the documents improbable.',
			values: { stateMasking: false, right: false },
			limit: true
		},
		lambda: {
			label: 'λ = 0.95',
			reason: 'Masked or not, long passages now stand between the first search and the reward.',
			values: { lam: 0.95 },
			limit: true
		}
	},
	quantities: {
		own: {
			label: 'Model',
			kind: 'exact',
			role: 'policy',
			mark: 'bar',
			evidence: closed
		},
		given: {
			label: 'Search engine',
			kind: 'exact',
			role: 'reference',
			mark: 'bar',
			evidence: closed
		},
		share: {
			label: 'Share of the loss on retrieved tokens',
			kind: 'exact',
			evidence: closed
		},
		retrieved: { label: 'Retrieved tokens', kind: 'exact', digits: 0, evidence: closed },
		weight: { label: 'Weight of one token of the model', kind: 'exact', evidence: closed },
		stepped: {
			label: 'Advantage of “Orlem”, retrieved tokens as steps',
			kind: 'exact',
			role: 'a',
			mark: 'bar',
			evidence: evidence('R − V at λ = 1, verl’s numbers below', '1e-12')
		},
		skipped: {
			label: 'Advantage of “Orlem”, retrieved tokens skipped',
			kind: 'exact',
			role: 'b',
			mark: 'bar',
			evidence: evidence('GAE over the model’s tokens alone', '1e-12')
		}
	},
	run({ docTokens, stateMasking, right, lam }) {
		const tokens: string[] = [];
		const own: number[] = [];
		const values: number[] = [];
		TURNS.forEach((turn, i) => {
			const words = turn.split(' ');
			tokens.push(...words);
			own.push(...words.map(() => 1));
			values.push(...line(...(EXPECTED[i] as [number, number]), words.length));
			if (i >= QUERIES.length) return;
			const given = passage(QUERIES[i], docTokens);
			tokens.push(...given);
			own.push(...given.map(() => 0));
			values.push(...line(EXPECTED[i][1], EXPECTED[i + 1][0], given.length));
		});
		const credit = traceCredit({ own, stateMasking, values, reward: right ? 1 : 0, lam });
		const sign = right ? 1 : -1;
		const at = own.flatMap((isOwn, t) => (isOwn ? [t] : []));
		return {
			tokens,
			own,
			pushOwn: credit.weights.map((weight, t) => (own[t] ? sign * weight : 0)),
			pushGiven: credit.weights.map((weight, t) => (own[t] ? 0 : sign * weight)),
			share: credit.givenShare,
			weight: credit.weights[0],
			retrieved: own.length - at.length,
			ownTokens: at.map((t) => tokens[t]),
			stepped: at.map((t) => credit.stepped[t]),
			skipped: at.map((t) => credit.skipped[t])
		};
	},
	describe({ share, retrieved, own, stepped, skipped }, { stateMasking, right, lam }) {
		const first = [stepped[1], skipped[1]];
		return [
			stateMasking
				? `The model wrote ${own.length - retrieved} of ${own.length} tokens, and they carry the whole loss.`
				: `The search engine wrote ${retrieved} of ${own.length} tokens, and ${print(100 * share)} % of the loss pushes the model ${right ? 'to write' : 'not to write'} them.`,
			lam === 1
				? `With λ = 1 the advantage of “Orlem” is ${print(first[0])}, however long the passages are.`
				: `With λ = ${print(lam)} the advantage of “Orlem” is ${print(first[0])} if retrieved tokens are steps, and ${print(first[1])} if they are skipped.`
		];
	},
	table: ({ ownTokens, stepped, skipped, weight }) => ({
		columns: [
			{ label: 'token of the model' },
			{ label: 'weight in the loss', digits: 4 },
			{ label: 'advantage, steps' },
			{ label: 'advantage, skipped' }
		],
		rows: ownTokens.map((token, t) => [token, weight, stepped[t], skipped[t]])
	}),
	numbers: ({ share, retrieved, weight, stepped, skipped }) => ({
		share,
		retrieved,
		weight,
		stepped: stepped[1],
		skipped: skipped[1]
	}),
	questions: {
		share: {
			type: 'number',
			ask: 'A rollout has 90 retrieved tokens and 10 of the model’s own, the answer is right (A = +1 everywhere), and nothing is masked. What share of the gradient terms pushes the model to imitate retrieved text?',
			min: 0,
			max: 100,
			step: 1,
			unit: '%',
			near: 2,
			tooLow: 'Each token is one term of the mean, whoever wrote it.',
			tooHigh: 'The model’s own ten tokens count as well.',
			answer: (at) => 100 * at({ stateMasking: false }).share,
			explain(at) {
				const { retrieved, own, share } = at({ stateMasking: false });
				return `${retrieved} of ${own.length} terms, ${print(100 * share)} %. The reward praised an answer; the gradient mostly praises a passage.`;
			}
		},
		mean: {
			type: 'number',
			ask: 'Five tokens have ratios 1.1, 1.5, 0.9, 1.3 and 0.7; A = 1, ε = 0.2. Tokens 2 and 3 were retrieved and are masked. What is the PPO loss, a mean over the tokens that count?',
			min: -1.5,
			max: 0,
			step: 0.01,
			near: 0.005,
			tooLow: 'For A = 1 a ratio counts up to 1.2 at most.',
			tooHigh:
				'Three tokens count, so the sum is divided by 3. The ratio 0.7 is not clipped: min takes the smaller.',
			answer: () => fiveTokens(true),
			explain: () =>
				`−(1.1 + 1.2 + 0.7)/3 = ${print(fiveTokens(true))}. Without the mask it would be ${print(fiveTokens(false))}: nearly the same number, with a different gradient.`
		},
		lambda: {
			type: 'choice',
			ask: 'The mask is on, γ = 1, and GAE runs over all tokens, retrieved ones too. Passages grow from 45 to 195 tokens, the critic’s values at the model’s tokens stay. When does the advantage of the first query change?',
			options: [
				{
					text: 'Never: masked tokens cannot matter',
					feedback: 'The mask is the actor’s loss’s alone. GAE walks over every token.'
				},
				{ text: 'For λ below 1 only', feedback: 'Try λ = 1 and λ = 0.95.' },
				{
					text: 'Always',
					feedback: 'At λ = 1 the sum telescopes: A = R − V, whatever stands in between.'
				}
			],
			answer(at) {
				const change = (lam: number) =>
					Math.abs(at({ lam, docTokens: 195 }).stepped[1] - at({ lam }).stepped[1]) > 1e-9;
				return change(1) ? 2 : change(0.95) ? 1 : 0;
			},
			explain(at) {
				const of = (lam: number, docTokens: number) => print(at({ lam, docTokens }).stepped[1]);
				return `At λ = 1 it is ${of(1, 45)} both times; at λ = 0.95 it falls from ${of(0.95, 45)} to ${of(0.95, 195)}. Skipping retrieved tokens, as verl does now, takes the length out.`;
			}
		}
	},
	standIns: [
		'The rollout is written by hand; its passages are documents in BM25’s order, filled up with others to the length set.',
		'The critic’s values are set by hand: they rise along each passage.'
	],
	source: [
		'kernels/search-r1/traceCredit.ts',
		'kernels/rl/gae.ts',
		'kernels/rl/aggregationWeights.ts',
		'kernels/rl/policyLoss.ts',
		'kernels/retrieval/bm25.ts'
	]
});
