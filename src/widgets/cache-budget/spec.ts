import { print } from '$kernels/describe/print';
import { createStream } from '$kernels/core/stream';
import { cacheElements, deepSeekV3 } from '$kernels/mla/cacheElements';
import { latentAttention } from '$kernels/mla/latentAttention';
import { randomLatentLayer } from '$kernels/mla/latentLayer';
import { defineWidget } from '$widgets/contract';

const LAYERS = 61;
/** The layer that is really run: DeepSeek-V3's d_c over 64, and so on. */
const SMALL = { tokens: 12, heads: 4, width: 32, headDim: 8, kvLoraRank: 8, qkRopeHeadDim: 4 };
const SEED = 1;

const counted = {
	test: 'tests/kernels/mla/latentAttention.test.ts',
	against: 'the released configuration, and the published shapes of two other models',
	tolerance: 'exact'
};
const attended = {
	test: 'tests/kernels/mla/latentAttention.test.ts',
	against: 'one way of computing against the other, and DeepSeek’s rotary embedding',
	tolerance: '1e-12'
};

export const spec = defineWidget({
	name: 'cache-budget',
	version: 1,
	title: 'What must attention remember of each token?',
	paper: '01-deepseek-techniques',
	params: {
		context: {
			type: 'range',
			label: 'Context',
			help: 'Tokens that are kept.',
			scale: 'log',
			min: 1024,
			max: 1048576,
			step: 1,
			whole: true,
			default: 131072,
			unit: 'tokens'
		},
		heads: {
			type: 'range',
			label: 'Heads',
			symbol: 'n_h',
			help: 'DeepSeek-V3 has 128.',
			min: 16,
			max: 256,
			step: 16,
			whole: true,
			default: 128
		},
		kvHeads: {
			type: 'range',
			label: 'Heads with keys of their own, in GQA',
			symbol: 'n_g',
			help: 'Llama 3.1 405B keeps 8. DeepSeek-V3 groups no heads.',
			min: 1,
			max: 16,
			step: 1,
			whole: true,
			default: 8
		},
		kvLoraRank: {
			type: 'range',
			label: 'Width of the latent',
			symbol: 'd_c',
			help: 'DeepSeek-V3: 512. All keys and values of a token are made from it.',
			min: 32,
			max: 2048,
			step: 32,
			whole: true,
			default: 512
		},
		rotary: {
			type: 'choice',
			label: 'Position is turned into',
			help: 'Counts for the two ways of computing below.',
			options: { apart: 'a key apart (MLA)', content: 'the content’s key' },
			default: 'apart'
		}
	},
	presets: {
		released: {
			label: 'DeepSeek-V3',
			reason: 'The latent is kept in place of the keys and values of 128 heads.',
			values: {}
		},
		more: {
			label: 'Twice the heads',
			reason: 'The cache of MHA doubles, that of MLA does not move.',
			values: { heads: 256 }
		},
		million: {
			label: 'A million tokens',
			reason: 'What a longer context costs, one conversation at a time.',
			values: { context: 1048576 }
		},
		narrow: {
			label: 'A latent of 64',
			reason: 'Cheaper still, but a head’s 128-wide keys then lie in 64 dimensions.',
			values: { kvLoraRank: 64 },
			limit: true
		},
		coupled: {
			label: 'Position in the content’s key',
			reason: 'The two ways of computing part: nothing fixed can be absorbed any more.',
			values: { rotary: 'content' },
			limit: true
		}
	},
	quantities: {
		mha: {
			label: 'MHA',
			kind: 'exact',
			unit: 'GB',
			digits: 2,
			role: 'a',
			mark: 'bar',
			evidence: counted
		},
		gqa: {
			label: 'GQA',
			kind: 'exact',
			unit: 'GB',
			digits: 2,
			role: 'b',
			mark: 'bar',
			evidence: counted
		},
		mqa: {
			label: 'MQA',
			kind: 'exact',
			unit: 'GB',
			digits: 2,
			role: 'c',
			mark: 'bar',
			evidence: counted
		},
		mla: {
			label: 'MLA',
			kind: 'exact',
			unit: 'GB',
			digits: 2,
			role: 'policy',
			mark: 'bar',
			evidence: counted
		},
		perToken: {
			label: 'MLA, bytes a token',
			kind: 'exact',
			unit: 'B',
			digits: 0,
			evidence: counted
		},
		ratio: { label: 'MHA over MLA', kind: 'exact', digits: 2, evidence: counted },
		groups: {
			label: 'GQA groups of the same size as MLA',
			kind: 'exact',
			digits: 2,
			evidence: counted
		},
		difference: {
			label: 'Largest difference of the two ways, small layer',
			kind: 'exact',
			role: 'policy',
			mark: 'point',
			digits: 3,
			evidence: attended
		}
	},
	run({ context, heads, kvHeads, kvLoraRank, rotary }) {
		const { headDim } = deepSeekV3;
		const elements = cacheElements({ ...deepSeekV3, heads, kvHeads, kvLoraRank });
		// bf16: two bytes a number
		const bytes = (count: number) => count * LAYERS * 2;
		const layer = randomLatentLayer(createStream(SEED), SMALL);
		const rotateContent = rotary === 'content';
		const [naive, absorb] = (['naive', 'absorb'] as const).map((way) =>
			latentAttention(layer, way, { rotateContent }).outputs.flat(2)
		);
		return {
			elements,
			perToken: bytes(elements.mla),
			gigabytes: Object.fromEntries(
				Object.entries(elements).map(([name, count]) => [name, (bytes(count) * context) / 1e9])
			) as unknown as typeof elements,
			rank: Math.min(headDim, kvLoraRank),
			naive,
			absorb,
			difference: Math.max(...naive.map((value, i) => Math.abs(value - absorb[i])))
		};
	},
	describe({ elements, perToken, gigabytes, rank, difference }, { context, rotary }) {
		const said = [
			`MLA keeps ${elements.mla} numbers a token and layer, ${perToken.toLocaleString('en')} bytes a token in all; at ${context.toLocaleString('en')} tokens that is ${print(gigabytes.mla, 4)} GB, where MHA takes ${print(gigabytes.mha, 4)} GB.`
		];
		if (rank < deepSeekV3.headDim) {
			said.push(
				`The keys of a head span at most ${rank} of their ${deepSeekV3.headDim} dimensions.`
			);
		}
		said.push(
			rotary === 'apart'
				? `In the small layer, naive and absorbed attention differ by at most ${difference < 1e-12 ? 'rounding' : print(difference)}.`
				: `With the position in the content’s key, absorbed attention is off by up to ${print(difference)}.`
		);
		return said;
	},
	table({ elements, gigabytes }) {
		return {
			columns: [
				{ label: 'attention' },
				{ label: 'numbers a token and layer', digits: 0 },
				{ label: 'bytes a token', unit: 'B', digits: 0 },
				{ label: 'whole context', unit: 'GB' }
			],
			rows: (['mha', 'gqa', 'mqa', 'mla'] as const).map((name) => [
				name.toUpperCase(),
				elements[name],
				elements[name] * LAYERS * 2,
				gigabytes[name]
			])
		};
	},
	numbers: ({ elements, perToken, gigabytes, difference }) => ({
		...gigabytes,
		perToken,
		ratio: elements.mha / elements.mla,
		groups: elements.mla / elements.mqa,
		difference
	}),
	questions: {
		double: {
			type: 'choice',
			ask: 'DeepSeek-V3 gets twice as many heads, at the same width of the latent. What happens to the cache of MLA?',
			options: [
				{
					text: 'It doubles',
					feedback: 'That is multi-head attention: a key and a value for every head.'
				},
				{
					text: 'It stays the same',
					feedback: 'Heads make their keys from the one latent that is kept.'
				},
				{
					text: 'It halves',
					feedback: 'Nothing is divided among the heads: all read the same latent.'
				}
			],
			answer(at) {
				const [before, after] = [128, 256].map((heads) => at({ heads }).perToken);
				return after > before ? 0 : after === before ? 1 : 2;
			},
			explain(at) {
				const { elements, perToken } = at({ heads: 256 });
				return `It stays at ${elements.mla} numbers a token and layer, ${perToken.toLocaleString('en')} bytes a token. MHA’s doubles, to ${elements.mha.toLocaleString('en')} numbers.`;
			}
		},
		groups: {
			type: 'number',
			ask: 'How many groups would grouped-query attention have, with heads of 128, if its cache were as large as MLA’s 512 + 64 numbers a token?',
			min: 0.25,
			max: 16,
			step: 0.25,
			near: 0.25,
			tooLow: 'A group keeps a key and a value, 256 numbers together.',
			tooHigh: 'A group keeps a key and a value, 256 numbers together.',
			answer: (at) => at().elements.mla / at().elements.mqa,
			explain: (at) =>
				`${print(at().elements.mla / at().elements.mqa)}: 576 / 256. With so few groups, 128 heads would share about two sets of keys; in MLA each has its own.`
		},
		absorbed: {
			type: 'choice',
			ask: 'Position is turned into the content’s key, as in ordinary attention with RoPE. Does attending to the latents directly still give the right output?',
			options: [
				{
					text: 'Yes, up to rounding',
					feedback: 'Try it in the figure: what stands between query and W_UK now depends on j.'
				},
				{ text: 'No', feedback: 'A different rotation stands before each token’s key.' }
			],
			answer: (at) => (at({ rotary: 'content' }).difference < 1e-9 ? 0 : 1),
			explain: (at) =>
				`It is off by up to ${print(at({ rotary: 'content' }).difference)}. With a rotary key apart, the two ways differ by rounding only.`
		}
	},
	standIns: [
		`Sizes are those of DeepSeek-V3. Attention itself is run in a small layer: ${SMALL.heads} heads of ${SMALL.headDim}, a latent of ${SMALL.kvLoraRank}, ${SMALL.tokens} tokens, random matrices.`
	],
	source: [
		'kernels/mla/cacheElements.ts',
		'kernels/mla/latentAttention.ts',
		'kernels/mla/latentLayer.ts'
	]
});
