import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoftmax, softmax } from '../../../src/kernels/core/softmax';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { klPull } from '../../../src/kernels/trust-region/klPull';

const logits = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), {
	minLength: 4,
	maxLength: 4
});

/** Central differences of a function of the logits. */
function slopes(f: (logits: number[]) => number, at: number[]): number[] {
	const h = 1e-5;
	return at.map((_, k) => {
		const moved = (by: number) => f(at.map((l, i) => (i === k ? l + by : l)));
		return (moved(h) - moved(-h)) / (2 * h);
	});
}

/** Two policies by their logits, with a pull and the function whose gradient it should be. */
function holdsFor(
	pull: (p: Float64Array, ref: Float64Array) => Float64Array,
	penalty: (p: Float64Array, ref: Float64Array) => number,
	seed: number
) {
	fc.assert(
		fc.property(logits, logits, (at, to) => {
			const ref = softmax(to);
			const want = slopes((l) => penalty(softmax(l), ref), at);
			const got = pull(softmax(at), ref);
			// h² from the curvature and eps/h from rounding: about 1e-10.
			got.forEach((g, k) => expect(Math.abs(g - want[k])).toBeLessThan(1e-8));
		}),
		{ seed, numRuns: 50 }
	);
}

describe('what each penalty descends, by finite differences', () => {
	test('k1 in the reward and k2 in the loss: KL(π‖π_ref)', () => {
		holdsFor((p, ref) => klPull(p, ref, 'reward', 'k1'), exactKl, 1);
		holdsFor((p, ref) => klPull(p, ref, 'loss', 'k2'), exactKl, 2);
	});

	test('k3 in the loss: KL(π_ref‖π), which is π − π_ref', () => {
		const forward = (p: Float64Array, ref: Float64Array) => exactKl(ref, p);
		holdsFor((p, ref) => klPull(p, ref, 'loss', 'k3'), forward, 3);
		const [p, ref] = [softmax([0, 1, 2]), softmax([1, 0, 0])];
		klPull(p, ref, 'loss', 'k3').forEach((g, k) => expect(g).toBeCloseTo(p[k] - ref[k], 14));
	});

	test('k1 in the loss: nothing', () => {
		holdsFor(
			(p, ref) => klPull(p, ref, 'loss', 'k1'),
			() => 0,
			4
		);
	});
});

test('the value of k3 has the KL as its mean, the gradient of k3 has not', () => {
	const [p, ref] = [softmax([2, 0, 0]), softmax([0, 0, 0])];
	const logs = [logSoftmax([2, 0, 0]), logSoftmax([0, 0, 0])];
	const value = p.reduce((sum, share, k) => {
		const d = logs[1][k] - logs[0][k];
		return sum + share * (Math.expm1(d) - d);
	}, 0);
	expect(value).toBeCloseTo(exactKl(p, ref), 12);
	const gap = klPull(p, ref, 'loss', 'k3')[0] - klPull(p, ref, 'reward', 'k1')[0];
	expect(Math.abs(gap)).toBeGreaterThan(0.05);
});

describe('k2 and k3 in the reward', () => {
	test.each(['k2', 'k3'] as const)('%s makes an answer rarer that is too rare already', (k) => {
		// Of four answers one is given half as often as by the reference; the others share the rest.
		const ref = [0.25, 0.25, 0.25, 0.25];
		const p = [0.125, 0.875 / 3, 0.875 / 3, 0.875 / 3];
		// Descent goes against the pull: a positive one lowers the logit.
		expect(klPull(p, ref, 'reward', k)[0]).toBeGreaterThan(0);
		expect(klPull(p, ref, 'reward', 'k1')[0]).toBeLessThan(0);
		expect(klPull(p, ref, 'loss', 'k3')[0]).toBeLessThan(0);
	});
});

test('at the reference nothing pulls, wherever the penalty stands', () => {
	const p = softmax([0.3, -1, 2]);
	for (const place of ['reward', 'loss'] as const) {
		for (const estimator of ['k1', 'k2', 'k3'] as const) {
			klPull(p, p, place, estimator).forEach((g) => expect(g).toBeCloseTo(0, 14));
		}
	}
});

test('worked value, and lists that do not fit', () => {
	const pull = klPull([0.5, 0.5], [0.25, 0.75], 'loss', 'k3');
	expect(pull[0]).toBeCloseTo(0.25, 14);
	expect(pull[1]).toBeCloseTo(-0.25, 14);
	expect(() => klPull([1], [0.5, 0.5], 'loss', 'k1')).toThrow(
		'klPull: refProbabilities must be one per answer (1), got 2'
	);
});
