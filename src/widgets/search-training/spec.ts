import { print } from '$kernels/describe/print';
import type { SearchPoint } from '$kernels/search-r1/trainSearch';
import { TRAIN_SEARCH_DEFAULTS, trainSearch } from '$kernels/search-r1/trainSearch';
import { defineWidget, type Series } from '$widgets/contract';

const ARMS = { masked: true, open: false } as const;
type Arm = keyof typeof ARMS;
const arms = Object.keys(ARMS) as Arm[];

const evidence = {
	test: 'tests/kernels/search-r1/trainSearch.test.ts',
	against: 'finite differences of log π, goldens of the rollout, and laws of the mask',
	tolerance: '1e-6 relative for gradients'
};
const trained = (label: string, role?: 'a' | 'b', digits = 2) =>
	({ label, kind: 'trained here', role, digits, evidence }) as const;

export const spec = defineWidget({
	name: 'search-training',
	version: 1,
	title: 'What does leaving retrieved text out of the loss change?',
	paper: '13-search-r1',
	params: {
		algorithm: {
			type: 'choice',
			label: 'Algorithm',
			library: { verl: 'algorithm.adv_estimator' },
			options: { ppo: 'PPO', grpo: 'GRPO' },
			default: 'ppo'
		},
		retriever: {
			type: 'choice',
			label: 'Search engine',
			help: 'An empty one finds nothing; a random one brings documents that have nothing to do with the query.',
			options: { bm25: 'BM25', empty: 'empty', random: 'random documents' },
			default: 'bm25'
		},
		maxTurns: {
			type: 'stepper',
			label: 'Turns with a search',
			library: { verl: 'max_turns (Search-R1)' },
			help: 'One more turn follows, in which the model has to answer. Half the questions need two searches.',
			min: 1,
			max: 4,
			step: 1,
			default: 2
		},
		topK: {
			type: 'stepper',
			label: 'Documents a search brings',
			help: 'This policy cannot tell which of several documents a name comes from.',
			symbol: 'k',
			library: { verl: 'retriever.topk (Search-R1)' },
			min: 1,
			max: 3,
			step: 1,
			default: 1,
			more: true
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate', verl: 'actor.optim.lr' },
			scale: 'log',
			min: 0.01,
			max: 0.15,
			step: 0.01,
			default: 0.07,
			more: true
		},
		updates: {
			type: 'range',
			label: 'Updates',
			min: 40,
			max: 400,
			step: 20,
			whole: true,
			default: 200,
			more: true
		}
	},
	presets: {
		ppo: {
			label: 'PPO',
			reason: 'Without the mask the documents become improbable, far below where they started.',
			values: {},
			seed: 1
		},
		grpo: {
			label: 'GRPO',
			reason: 'Without the mask it is the other way round: the policy learns to recite.',
			values: { algorithm: 'grpo' },
			seed: 1
		},
		one: {
			label: 'One search only',
			reason: 'The name that the second search needs comes too late.',
			values: { maxTurns: 1 },
			seed: 1,
			limit: true
		},
		empty: {
			label: 'An empty engine',
			reason: 'Nothing is found. Does the policy stop searching?',
			values: { retriever: 'empty' },
			seed: 1,
			limit: true
		}
	},
	quantities: {
		maskedEm: trained('Retrieved text masked', 'a'),
		openEm: trained('Not masked', 'b'),
		maskedSearches: trained('Retrieved text masked', 'a'),
		openSearches: trained('Not masked', 'b'),
		maskedGiven: trained('Retrieved text masked', 'a'),
		openGiven: trained('Not masked', 'b'),
		masked: trained('Right answers, masked'),
		open: trained('Right answers, not masked'),
		maskedOne: trained('Right on one-step questions, masked'),
		maskedTwo: trained('Right on two-step questions, masked'),
		searches: trained('Searches a question, masked'),
		maskedLog: trained('log π of retrieved text, masked', undefined, 1),
		openLog: trained('log π of retrieved text, not masked', undefined, 1)
	},
	random: true,
	long: true,
	*run(values, stream, { signal, onProgress }) {
		const { every } = TRAIN_SEARCH_DEFAULTS;
		const points = Math.ceil(values.updates / every);
		const runs = {
			masked: trainSearch({ ...values, stateMasking: true }, stream),
			open: trainSearch({ ...values, stateMasking: false }, stream)
		};
		const history: Record<Arm, SearchPoint[]> = { masked: [], open: [] };
		for (let i = 0; i < points; i++) {
			for (const arm of arms) {
				signal?.throwIfAborted();
				const { value } = runs[arm].next();
				if (value && 'em' in value) history[arm].push(value);
			}
			onProgress?.((i + 1) / points);
			yield toResult(history, points, values.updates);
		}
	},
	describe({ last: { masked, open }, start }, { updates }) {
		const percent = (share: number) => print(100 * share, 2);
		return [
			`After ${updates} updates the masked policy gets ${percent(masked.em)} % right (${percent(masked.emOne)} % of the one-step, ${percent(masked.emTwo)} % of the two-step questions) with ${masked.searches.toFixed(1)} searches a question; the unmasked one ${percent(open.em)} % with ${open.searches.toFixed(1)}.`,
			`The mean log-probability of a retrieved token is ${print(masked.givenLogProb, 2)} nats with the mask and ${print(open.givenLogProb, 2)} without; it started near ${print(start, 2)}.`
		];
	},
	table: ({ series }) => ({
		columns: [
			{ label: 'update', digits: 0 },
			{ label: 'right, masked', digits: 2 },
			{ label: 'right, not masked', digits: 2 },
			{ label: 'searches, masked', digits: 2 },
			{ label: 'searches, not masked', digits: 2 },
			{ label: 'log π retrieved, masked', digits: 2 },
			{ label: 'log π retrieved, not masked', digits: 2 }
		],
		rows: series.maskedEm.x.map((x, i) => [
			x,
			...[
				series.maskedEm,
				series.openEm,
				series.maskedSearches,
				series.openSearches,
				series.maskedGiven,
				series.openGiven
			].map(({ y }) => (Number.isNaN(y[i]) ? '' : y[i]))
		])
	}),
	numbers: ({ last: { masked, open } }) => ({
		masked: masked.em,
		open: open.em,
		maskedOne: masked.emOne,
		maskedTwo: masked.emTwo,
		searches: masked.searches,
		maskedLog: masked.givenLogProb,
		openLog: open.givenLogProb
	}),
	questions: {
		recite: {
			type: 'choice',
			ask: 'PPO without the mask, on 200 updates: how does the probability that the policy gives to retrieved text move, against the masked run?',
			options: [
				{
					text: 'It rises: the policy imitates the documents',
					feedback: 'That is what GRPO does here. In PPO look at the third drawing.'
				},
				{
					text: 'It falls: the policy is pushed away from them',
					feedback: 'Look at the third drawing again.'
				},
				{
					text: 'It stays: the search engine wrote it',
					feedback: 'Without the mask, the loss counts these tokens like any other.'
				}
			],
			answer: (at) => {
				const { masked, open } = means(at);
				const change = open.givenLogProb - masked.givenLogProb;
				return change > 1 ? 0 : change < -1 ? 1 : 2;
			},
			explain(at) {
				const { masked, open } = means(at);
				return `It falls: over three seeds ${print(open.givenLogProb, 2)} nats a token, against ${print(masked.givenLogProb, 2)} with the mask. The reward has not changed, and the policy has learned something about text that it never writes.`;
			}
		},
		single: {
			type: 'number',
			ask: 'Only one turn may search. Half the questions need two searches, one after the other. What share of all questions does PPO with the mask get right after 200 updates?',
			min: 0,
			max: 80,
			step: 1,
			unit: '%',
			near: 6,
			tooLow: 'Questions of one step need one search only.',
			tooHigh: 'The second search needs a name that only the first one brings.',
			answer: (at) => 100 * means(at, { maxTurns: 1 }).masked.em,
			explain(at) {
				const { masked } = means(at, { maxTurns: 1 });
				return `${print(100 * masked.em, 2)} %, over three seeds: ${print(100 * masked.emOne, 2)} % of the one-step questions and ${print(100 * masked.emTwo, 2)} % of the others.`;
			}
		}
	},
	standIns: [
		'A log-linear policy over 73 tokens stands in for the language model; it starts out knowing the tags, not what to search for.',
		'BM25 over 40 invented sentences stands in for E5 over Wikipedia, 60 rollouts an update for 512.'
	],
	source: [
		'kernels/search-r1/trainSearch.ts',
		'kernels/search-r1/rollOut.ts',
		'kernels/search-r1/searchPolicy.ts',
		'kernels/search-r1/parseAction.ts',
		'kernels/retrieval/bm25.ts',
		'kernels/rl/gae.ts',
		'kernels/rl/groupAdvantages.ts',
		'kernels/rl/policyLoss.ts'
	]
});

/** Points that the end is the mean of: the last 20 updates. */
const END = 4;

const SHOWN = ['em', 'emOne', 'emTwo', 'searches', 'givenLogProb'] as const;
type End = Record<(typeof SHOWN)[number], number>;

function toResult(history: Record<Arm, SearchPoint[]>, points: number, updates: number) {
	const { every } = TRAIN_SEARCH_DEFAULTS;
	const line = (arm: Arm, key: keyof SearchPoint): Series => ({
		x: Array.from({ length: points }, (_, i) => Math.min(updates, (i + 1) * every)),
		y: Array.from({ length: points }, (_, i) => history[arm][i]?.[key] ?? NaN)
	});
	const end = (arm: Arm) => {
		const some = history[arm].slice(-END);
		const mean = (key: (typeof SHOWN)[number]) => {
			const finite = some.map((point) => point[key]).filter(Number.isFinite);
			return finite.length > 0 ? finite.reduce((sum, x) => sum + x, 0) / finite.length : 0;
		};
		return Object.fromEntries(SHOWN.map((key) => [key, mean(key)])) as End;
	};
	return {
		last: { masked: end('masked'), open: end('open') },
		start: history.masked[0].givenLogProb,
		series: {
			maskedEm: line('masked', 'em'),
			openEm: line('open', 'em'),
			maskedSearches: line('masked', 'searches'),
			openSearches: line('open', 'searches'),
			maskedGiven: line('masked', 'givenLogProb'),
			openGiven: line('open', 'givenLogProb')
		}
	};
}

/** Means over three seeds of both ends. */
function means(
	at: (changed?: object, seed?: number) => { last: Record<Arm, End> },
	changed: object = {}
): Record<Arm, End> {
	const ends = [1, 2, 3].map((seed) => at(changed, seed).last);
	const mean = (arm: Arm) =>
		Object.fromEntries(
			SHOWN.map((key) => [key, ends.reduce((sum, end) => sum + end[arm][key], 0) / ends.length])
		) as End;
	return { masked: mean('masked'), open: mean('open') };
}
