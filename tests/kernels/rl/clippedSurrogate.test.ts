import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clippedSurrogate, type ClipOptions } from '../../../src/kernels/rl/clippedSurrogate';
import { klK3 } from '../../../src/kernels/rl/klEstimators';
import reference from '../../reference/clippedSurrogate.json';

type Encoded = number | string;
interface Inputs {
	logprob: Encoded[][];
	old_logprob: number[][];
	ref_logprob?: number[][];
	advantages: number[];
	mask: number[][];
	cliprange?: number;
	epsilon_low?: number;
	epsilon_high?: number;
	beta?: number;
}

for (const section of reference.sections) {
	const near = (got: number, want: Encoded) => {
		const target = Number(want);
		if (!Number.isFinite(target)) return expect(got).toBe(target);
		const { rtol, atol } = section.tolerance;
		expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
	};
	const cases = section.cases as unknown as {
		name: string;
		inputs: Inputs;
		outputs: { loss: Encoded; grad_logprob: Encoded[][] };
	}[];
	describe(section.name, () => {
		test.each(cases)('$name', ({ inputs, outputs }) => {
			const { mask, advantages, beta = 0 } = inputs;
			const tokens = mask.flat().reduce((a, b) => a + b, 0);
			// TRL's GRPO averages within each sequence, then over sequences; PPO over all tokens.
			const weight = (row: number) =>
				section.name === 'trl_grpo_loss'
					? 1 /
						mask.length /
						Math.max(
							1,
							mask[row].reduce((a, b) => a + b, 0)
						)
					: 1 / tokens;
			let loss = 0;
			mask.forEach((row, b) =>
				row.forEach((kept, t) => {
					if (!kept) return near(0, outputs.grad_logprob[b][t]);
					const logProb = Number(inputs.logprob[b][t]);
					const { value, gradient } = clippedSurrogate(
						logProb,
						inputs.old_logprob[b][t],
						advantages[b],
						{
							epsilon: inputs.cliprange ?? inputs.epsilon_low,
							epsilonHigh: inputs.cliprange ?? inputs.epsilon_high
						}
					);
					const ref = inputs.ref_logprob?.[b][t];
					const k3 = ref === undefined ? 0 : klK3(logProb, ref);
					const k3Slope = ref === undefined ? 0 : 1 - Math.exp(ref - logProb);
					loss += weight(b) * (beta * k3 - value);
					near(weight(b) * (beta * k3Slope - gradient), outputs.grad_logprob[b][t]);
				})
			);
			near(loss, outputs.loss);
		});
	});
}

const cases = fc.record({
	logRatio: fc.double({ min: -2, max: 2, noNaN: true }),
	advantage: fc.double({ min: -3, max: 3, noNaN: true }),
	epsilon: fc.double({ min: 0, max: 0.9, noNaN: true }),
	epsilonHigh: fc.double({ min: 0, max: 2, noNaN: true })
});

test('it is a lower bound on r·A, equal to it inside the clip', () => {
	fc.assert(
		fc.property(cases, ({ logRatio, advantage, epsilon, epsilonHigh }) => {
			const { value, ratio } = clippedSurrogate(logRatio - 1, -1, advantage, {
				epsilon,
				epsilonHigh
			});
			expect(value).toBeLessThanOrEqual(ratio * advantage);
			if (ratio >= 1 - epsilon && ratio <= 1 + epsilonHigh) {
				expect(value).toBe(ratio * advantage === 0 ? 0 : ratio * advantage);
			}
		}),
		{ seed: 1, numRuns: 500 }
	);
});

test('the gradient is that of finite differences, away from the kinks', () => {
	fc.assert(
		fc.property(cases, ({ logRatio, advantage, epsilon, epsilonHigh }) => {
			const step = 1e-6;
			const edges = [Math.log(1 - epsilon), Math.log(1 + epsilonHigh)];
			fc.pre(edges.every((edge) => Math.abs(logRatio - edge) > 2 * step));
			const at = (x: number) => clippedSurrogate(x, 0, advantage, { epsilon, epsilonHigh });
			const slope = (at(logRatio + step).value - at(logRatio - step).value) / (2 * step);
			// values up to 23: rounding 5e-15 / step, curvature 23·step²
			expect(at(logRatio).gradient).toBeCloseTo(slope, 7);
		}),
		{ seed: 1, numRuns: 500 }
	);
});

test('which branch counts depends on the sign of the advantage', () => {
	const branch = (ratio: number, advantage: number) =>
		clippedSurrogate(Math.log(ratio), 0, advantage).branch;
	expect(branch(1.5, 1)).toBe('clip');
	expect(branch(0.5, 1)).toBe('ratio');
	expect(branch(0.5, -1)).toBe('clip');
	expect(branch(1.5, -1)).toBe('ratio');
	expect(clippedSurrogate(Math.log(1.5), 0, 2).value).toBeCloseTo(2.4, 14);
	expect(clippedSurrogate(3, 0, 1, { epsilon: Infinity }).branch).toBe('ratio');
});

test('delta and the dual clip stop what the clip leaves open: A < 0 and a large ratio', () => {
	const of = (ratio: number, advantage: number, options: ClipOptions) =>
		clippedSurrogate(Math.log(ratio), 0, advantage, options);
	const open = of(5, -1, {});
	expect(open.value).toBeCloseTo(-5, 13);
	expect(open.gradient).toBe(open.value);
	for (const options of [{ dualClip: 3 }, { delta: 3 }]) {
		expect(of(5, -1, options)).toMatchObject({ value: -3, gradient: 0, branch: 'bound' });
		expect(of(2, -1, options)).toEqual(of(2, -1, {}));
		expect(of(5, 1, options)).toEqual(of(5, 1, {}));
	}
	expect(of(1.15, 1, { delta: 1.1 })).toMatchObject({ value: 1.1, gradient: 0, branch: 'bound' });
	expect(of(5, 0, { dualClip: 3 })).toMatchObject({ value: 0, gradient: 0, branch: 'ratio' });
});

test('bad input is refused by name', () => {
	expect(() => clippedSurrogate(0, 0, 1, { delta: 0 })).toThrow('delta must be > 0, got 0');
	expect(() => clippedSurrogate(0, 0, 1, { dualClip: 1 })).toThrow('dualClip must be > 1, got 1');
	expect(() => clippedSurrogate(NaN, 0, 1)).toThrow('clippedSurrogate: logProb must be finite');
	expect(() => clippedSurrogate(0, -Infinity, 1)).toThrow('oldLogProb must be finite');
	expect(() => clippedSurrogate(0, 0, NaN)).toThrow('advantage must be finite, got NaN');
	expect(() => clippedSurrogate(0, 0, 1, { epsilon: -0.1 })).toThrow(
		'epsilon must be ≥ 0, got -0.1'
	);
	expect(() => clippedSurrogate(0, 0, 1, { epsilonHigh: NaN })).toThrow('epsilonHigh must be ≥ 0');
});
