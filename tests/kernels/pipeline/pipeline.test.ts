import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bubbleTime } from '$kernels/pipeline/bubbleTime';
import { simulatePipeline } from '$kernels/pipeline/simulatePipeline';

const even = { forward: 1, backward: 2, weightBackward: 1 };

test.each([
	[8, 21, 7, 6],
	[16, 45, 15, 14]
])('%d stages, F 1, B 2, W 1', (stages, one, zero, dual) => {
	expect(bubbleTime('1f1b', stages, even)).toBe(one);
	expect(bubbleTime('zb1p', stages, even)).toBe(zero);
	expect(bubbleTime('dualpipe', stages, even)).toBe(dual);
	expect(simulatePipeline('1f1b', stages, 2 * stages, even).bubble).toBe(one);
	expect(simulatePipeline('zb1p', stages, 2 * stages, even).bubble).toBe(zero);
});

test('DualPipe with real overlap, F&B 2.5', () => {
	expect(bubbleTime('dualpipe', 8, even, 2.5)).toBe(4.5);
	expect(bubbleTime('dualpipe', 16, even, 2.5)).toBe(10.5);
});

const runs = fc.record({
	stages: fc.integer({ min: 2, max: 8 }),
	more: fc.integer({ min: 0, max: 10 }),
	forward: fc.integer({ min: 1, max: 8 }),
	input: fc.integer({ min: 1, max: 8 }),
	weightBackward: fc.integer({ min: 1, max: 8 })
});

test('simulated bubbles meet the formulas, ZB1P’s where W is not the longest part', () => {
	let met = 0;
	fc.assert(
		fc.property(runs, ({ stages, more, forward, input, weightBackward }) => {
			const times = { forward, backward: input + weightBackward, weightBackward };
			const bubble = (schedule: '1f1b' | 'zb1p') =>
				simulatePipeline(schedule, stages, stages + more, times).bubble;
			expect(bubble('1f1b')).toBe(bubbleTime('1f1b', stages, times));
			// the formula is a bound that a long W, with which it falls to 0 and below, does not reach
			expect(bubble('zb1p')).toBeGreaterThanOrEqual(bubbleTime('zb1p', stages, times));
			if (weightBackward <= Math.min(forward, input)) {
				met++;
				expect(bubble('zb1p')).toBe(bubbleTime('zb1p', stages, times));
			}
		}),
		{ seed: 1, numRuns: 300 }
	);
	expect(met).toBeGreaterThan(50);
});

test('pieces wait for what they need, no stage does two at once, all are done', () => {
	fc.assert(
		fc.property(runs, ({ stages, more, forward, input, weightBackward }) => {
			const times = { forward, backward: input + weightBackward, weightBackward };
			const { work, peak } = simulatePipeline('zb1p', stages, stages + more, times);
			expect(work).toHaveLength(3 * stages * (stages + more));
			expect(peak).toBe(stages);
			const end = new Map(work.map((w) => [`${w.kind} ${w.stage} ${w.microBatch}`, w.end]));
			for (const { kind, stage, microBatch, start } of work) {
				const before =
					kind === 'F'
						? end.get(`F ${stage - 1} ${microBatch}`)
						: kind === 'W'
							? end.get(`B ${stage} ${microBatch}`)
							: end.get(
									stage === stages - 1 ? `F ${stage} ${microBatch}` : `B ${stage + 1} ${microBatch}`
								);
				expect(start).toBeGreaterThanOrEqual(before ?? 0);
			}
			for (let s = 0; s < stages; s++) {
				const own = work.filter(({ stage }) => stage === s);
				own.slice(1).forEach((w, i) => expect(w.start).toBeGreaterThanOrEqual(own[i].end));
			}
		}),
		{ seed: 2, numRuns: 60 }
	);
});

test('what is refused', () => {
	expect(() => bubbleTime('dualpipe', 7, even)).toThrow('must be even for DualPipe, got 7');
	expect(() => bubbleTime('1f1b', 1, even)).toThrow('from 2 up, got 1');
	expect(() => bubbleTime('1f1b', 4, { ...even, forward: -1 })).toThrow('forward must be finite');
	expect(() => bubbleTime('1f1b', 4, { ...even, weightBackward: 3 })).toThrow('at most 2, got 3');
	expect(() => simulatePipeline('1f1b', 4, 3, even)).toThrow('from 4 up, got 3');
});
