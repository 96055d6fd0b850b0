import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logSoftmax, softmax } from '../../../src/kernels/core/softmax';
import { createStream } from '../../../src/kernels/core/stream';
import { gatherBatch, sampleAnswers } from '../../../src/kernels/grpo-dynamics/tabularBatch';
import { readPolicy, tabularPolicy } from '../../../src/kernels/grpo-dynamics/tabularPolicy';
import { tabularSurrogate } from '../../../src/kernels/grpo-dynamics/tabularSurrogate';
import { clippedSurrogate } from '../../../src/kernels/rl/clippedSurrogate';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { klK3 } from '../../../src/kernels/rl/klEstimators';

const settings = fc.record({
	seed: fc.nat(),
	beta: fc.double({ min: 0, max: 3, noNaN: true }),
	alpha: fc.double({ min: 0, max: 3, noNaN: true }),
	useBiasCorrectionKl: fc.boolean(),
	epsilon: fc.constantFrom(0.1, 0.3, Infinity),
	epsilonHigh: fc.constantFrom(0.1, 0.4, Infinity)
});

/** Random old, reference and new policies over six answers, and groups sampled from the old one. */
function scene(seed: number) {
	const draws = createStream(seed);
	const logits = () => Float64Array.from({ length: 6 }, () => 2 * draws.uniform() - 1);
	const [old, reference, now] = [logits(), logits(), logits()];
	const { outputs, rewards } = sampleAnswers(draws, softmax(old), 2, 40);
	const { advantages } = groupAdvantages(rewards, { numGenerations: 8 });
	const [oldLogProbs, refLogProbs] = [logSoftmax(old), logSoftmax(reference)];
	const batch = gatherBatch(outputs, advantages, oldLogProbs, refLogProbs);
	return { now, batch, outputs, advantages };
}

test('its value is the mean over samples of surrogate minus penalties', () => {
	fc.assert(
		fc.property(settings, ({ seed, ...options }) => {
			const { now, batch, outputs, advantages } = scene(seed);
			const logProbs = logSoftmax(now);
			let sum = 0;
			let clipped = 0;
			outputs.forEach((o, i) => {
				const term = clippedSurrogate(logProbs[o], batch.oldLogProbs[o], advantages[i], options);
				const weight = options.useBiasCorrectionKl ? term.ratio : 1;
				sum += term.value;
				sum -= options.beta * weight * klK3(logProbs[o], batch.refLogProbs[o]);
				sum -= options.alpha * weight * klK3(logProbs[o], batch.oldLogProbs[o]);
				if (term.branch === 'clip') clipped++;
			});
			const { value, clipFraction } = tabularSurrogate(now, batch, options);
			expect(value).toBeCloseTo(sum / outputs.length, 11); // the order of forty sums
			expect(clipFraction).toBe(clipped / outputs.length);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('its gradient is that of finite differences', () => {
	fc.assert(
		fc.property(settings, ({ seed, ...options }) => {
			const { now, batch } = scene(seed);
			const step = 1e-6;
			const { gradient } = tabularSurrogate(now, batch, options);
			now.forEach((x, j) => {
				const at = (by: number) => {
					const moved = now.slice();
					moved[j] = x + by;
					return tabularSurrogate(moved, batch, options);
				};
				const [up, down] = [at(step), at(-step)];
				// a kink between the two points would show in the number of clipped samples
				if (up.clipFraction !== down.clipFraction) return;
				// values below 20: rounding 4e-15 / step
				expect(gradient[j]).toBeCloseTo((up.value - down.value) / (2 * step), 7);
			});
		}),
		{ seed: 1, numRuns: 150 }
	);
});

test('with the correction the mean penalty is the KL of the new policy, without it is not', () => {
	const { now, batch } = scene(3);
	// every answer counted in proportion to the old policy: the limit of many samples
	const mean = {
		...batch,
		size: 1,
		counts: batch.oldLogProbs.map(Math.exp),
		positive: new Float64Array(6),
		negative: new Float64Array(6)
	};
	const penalty = (useBiasCorrectionKl: boolean) =>
		-tabularSurrogate(now, mean, { beta: 1, alpha: 0, useBiasCorrectionKl }).value;
	const kl = exactKl(softmax(now), batch.refLogProbs.map(Math.exp));
	expect(penalty(true)).toBeCloseTo(kl, 12); // rounding
	expect(Math.abs(penalty(false) - kl)).toBeGreaterThan(0.01);
});

test('at the old policy only the advantages pull', () => {
	const { batch, outputs, advantages } = scene(5);
	const options = { beta: 0, alpha: 2, useBiasCorrectionKl: false };
	const { value, gradient } = tabularSurrogate(batch.oldLogProbs, batch, options);
	const old = batch.oldLogProbs.map(Math.exp);
	expect(value).toBeCloseTo(0, 12); // group advantages sum to 0
	for (let o = 0; o < 6; o++) {
		const own = advantages.reduce((sum, a, i) => sum + (outputs[i] === o ? a : 0), 0);
		const all = advantages.reduce((sum, a) => sum + a, 0);
		expect(gradient[o]).toBeCloseTo((own - old[o] * all) / outputs.length, 12);
	}
});

test('the penalty stays finite where an answer dies out', () => {
	const { now, batch } = scene(7);
	now[0] = -900;
	const options = { beta: 1, alpha: 1, useBiasCorrectionKl: true };
	const { value, gradient } = tabularSurrogate(now, batch, options);
	expect(Number.isFinite(value)).toBe(true);
	expect(gradient.every(Number.isFinite)).toBe(true);
});

test('a tabular policy starts at its rate exactly', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 2, max: 60 }),
			fc.nat(),
			fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
			(outputs, draw, pRef) => {
				const right = 1 + (draw % (outputs - 1));
				const reading = readPolicy(tabularPolicy(outputs, right, pRef));
				expect(reading.successRate).toBeCloseTo(pRef, 13); // sums of up to 59 terms
				expect(reading.rightEntropy).toBeCloseTo(Math.log(right), 12);
				const spread =
					-pRef * Math.log(pRef / right) - (1 - pRef) * Math.log((1 - pRef) / (outputs - right));
				expect(reading.entropy).toBeCloseTo(spread, 11);
			}
		),
		{ seed: 1, numRuns: 100 }
	);
});

test('bad input is refused by name', () => {
	expect(() => tabularPolicy(1, 1, 0.5)).toThrow('outputs must be an integer ≥ 2, got 1');
	expect(() => tabularPolicy(4, 4, 0.5)).toThrow('right must be an integer in 1 … 3, got 4');
	expect(() => tabularPolicy(4, 1, 0)).toThrow('pRef must be in (0, 1), got 0');
	const { batch } = scene(1);
	const options = { beta: 1, alpha: 0, useBiasCorrectionKl: false };
	expect(() => tabularSurrogate(new Float64Array(3), batch, options)).toThrow('must be 6 long');
});
