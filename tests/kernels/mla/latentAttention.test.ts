import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStream } from '$kernels/core/stream';
import { cacheElements, deepSeekV3 } from '$kernels/mla/cacheElements';
import { latentAttention } from '$kernels/mla/latentAttention';
import { randomLatentLayer } from '$kernels/mla/latentLayer';
import { applyMatrix, applyTransposed } from '$kernels/mla/products';
import { rotatePairs } from '$kernels/mla/rotatePairs';
import reference from '../../reference/deepSeek.json';
import { expectAllNear, section } from '../rl/outside';

interface Rotary {
	'x (batch,seq,head,dim)': number[][][][];
	positions: number[];
	theta: number;
}

const rope = section<Rotary, { out: number[][][][] }>(reference, 'rope_official_interleaved');
test.each(rope.cases)('DeepSeek’s apply_rotary_emb: $name', ({ inputs, outputs }) => {
	inputs['x (batch,seq,head,dim)'][0].forEach((heads, i) =>
		heads.forEach((x, head) =>
			expectAllNear(
				rotatePairs(x, inputs.positions[i], inputs.theta),
				outputs.out[0][i][head],
				rope.tolerance
			)
		)
	);
});

test('a turned query and key know the difference of their positions only', () => {
	const [q, k] = [
		[0.3, -1.2, 0.7, 2],
		[1, 0.4, -0.6, 0.1]
	];
	const score = (t: number, j: number) => applyMatrix([rotatePairs(q, t)], rotatePairs(k, j))[0];
	expect(score(9, 4)).toBeCloseTo(score(105, 100), 11); // rounding of angles near 100
	expect(score(9, 4)).not.toBeCloseTo(score(9, 5), 3);
});

const shape = { tokens: 12, heads: 4, width: 32, headDim: 8, kvLoraRank: 8, qkRopeHeadDim: 4 };
const furthest = (a: number[][][], b: number[][][]) => {
	const [x, y] = [a, b].map((outputs) => outputs.flat(2));
	return Math.max(...x.map((value, i) => Math.abs(value - y[i])));
};

test('naive and absorbed attention give equal outputs, at any rank', () => {
	fc.assert(
		fc.property(fc.nat(1000), fc.constantFrom(1, 2, 8, 24), (seed, kvLoraRank) => {
			const layer = randomLatentLayer(createStream(seed), { ...shape, kvLoraRank });
			const [naive, absorb] = (['naive', 'absorb'] as const).map((way) =>
				latentAttention(layer, way)
			);
			// sums of some 30 products of order 1, in another order
			expect(furthest(naive.outputs, absorb.outputs)).toBeLessThan(1e-12);
			expect(absorb.cached).toBe(kvLoraRank + 4);
			expect(naive.cached).toBe(4 * 2 * 8 + 4);
		}),
		{ seed: 1, numRuns: 25 }
	);
});

test('with the position in the content’s key nothing can be absorbed: 20 seeds', () => {
	for (let seed = 0; seed < 20; seed++) {
		const layer = randomLatentLayer(createStream(seed), shape);
		const [naive, absorb] = (['naive', 'absorb'] as const).map(
			(way) => latentAttention(layer, way, { rotateContent: true }).outputs
		);
		expect(furthest(naive, absorb)).toBeGreaterThan(0.05);
	}
});

test('the weights of each token sum to 1 over the tokens so far', () => {
	const layer = randomLatentLayer(createStream(2), shape);
	const { weights, outputs } = latentAttention(layer, 'absorb');
	weights.forEach((heads, t) =>
		heads.forEach((row) => {
			expect(row).toHaveLength(t + 1);
			expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12); // rounding
		})
	);
	const own = applyMatrix(layer.heads[1].upV, layer.latents[0]);
	outputs[0][1].forEach((value, d) => expect(value).toBeCloseTo(own[d], 12));
	expect(
		applyTransposed(
			[
				[1, 2],
				[3, 4]
			],
			[1, 10]
		)
	).toEqual([31, 42]);
});

test('DeepSeek-V3: 576 numbers a token and layer, 70,272 bytes a token in bf16', () => {
	const { mha, gqa, mqa, mla } = cacheElements(deepSeekV3);
	expect(mla).toBe(576);
	expect(mla * 61 * 2).toBe(70_272);
	expect(mha).toBe(32_768);
	expect(mha * 61 * 2).toBe(3_997_696);
	expect(mqa).toBe(256);
	expect(gqa).toBe(2048);
	expect((70_272 * 131_072) / 1e9).toBeCloseTo(9.2107, 4);
	// published shapes of two models with grouped heads
	const grouped = (heads: number) => cacheElements({ ...deepSeekV3, heads, kvHeads: 8 }).gqa;
	expect(grouped(128) * 126 * 2).toBe(516_096); // Llama 3.1 405B
	expect(grouped(64) * 80 * 2).toBe(327_680); // Qwen2.5 72B
});

test('what is refused', () => {
	expect(() => cacheElements({ ...deepSeekV3, heads: 0 })).toThrow('heads must be a positive');
	expect(() => cacheElements({ ...deepSeekV3, kvHeads: 129 })).toThrow('at most 128, got 129');
	expect(() => rotatePairs([1, 2, 3], 0)).toThrow('even length, got 3');
	expect(() => randomLatentLayer(createStream(1), { ...shape, heads: 1.5 })).toThrow(RangeError);
	const empty = { ...randomLatentLayer(createStream(1), shape), latents: [] };
	expect(() => latentAttention(empty, 'naive')).toThrow('latents must not be empty');
});
