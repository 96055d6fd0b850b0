import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { drawOpponents } from '../../../src/kernels/social-choice/drawOpponents';
import { exploitability } from '../../../src/kernels/social-choice/exploitability';
import {
	batchCount,
	finiteBatchOpponent
} from '../../../src/kernels/social-choice/finiteBatchOpponent';
import { gibbsOpponent } from '../../../src/kernels/social-choice/gibbsOpponent';
import { logitFixedPoint } from '../../../src/kernels/social-choice/logitFixedPoint';
import { maximalLottery } from '../../../src/kernels/social-choice/maximalLottery';
import { nashLearning } from '../../../src/kernels/social-choice/nashLearning';
import { nashRejectionSampling } from '../../../src/kernels/social-choice/nashRejectionSampling';
import { nashRsFixedPoint } from '../../../src/kernels/social-choice/nashRsFixedPoint';
import { regularisedEquilibrium } from '../../../src/kernels/social-choice/regularisedEquilibrium';
import { winRates } from '../../../src/kernels/social-choice/winRates';
import own from '../../reference/socialChoiceOwn.json';
import { expectAllNear, expectNear, section } from '../rl/outside';

const UNIFORM = [1 / 3, 1 / 3, 1 / 3];
const three = (a: number, b: number, c: number) => [
	[0.5, 0.5 + a / 2, 0.5 - c / 2],
	[0.5 - a / 2, 0.5, 0.5 + b / 2],
	[0.5 + c / 2, 0.5 - b / 2, 0.5]
];
/** 60–40, 80–20, 70–30: the equilibrium is (1/2, 1/3, 1/6). */
const GAME = three(0.2, 0.6, 0.4);

const anyPreferences = fc
	.tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 0, max: 1e6 }))
	.map(([count, seed]) => {
		const stream = createStream(seed);
		const preferences = Array.from({ length: count }, () => new Array<number>(count).fill(0.5));
		for (let i = 0; i < count; i++) {
			for (let j = 0; j < i; j++) {
				preferences[i][j] = stream.uniform();
				preferences[j][i] = 1 - preferences[i][j];
			}
		}
		return preferences;
	});

describe('regularisedEquilibrium', () => {
	const { cases, tolerance } = section<
		{ preferences: number[][]; tau: number; reference: number[] },
		{ policy: number[] }
	>(own, 'equilibria');
	test.each(cases)('SciPy’s root: $name', ({ inputs, outputs }) => {
		const { policy } = regularisedEquilibrium(inputs.preferences, inputs.tau, inputs.reference);
		expectAllNear(policy, outputs.policy, tolerance);
	});

	test('golden values of a separate damped iteration', () => {
		for (const [tau, want] of [
			[1, [0.3243, 0.3556, 0.32]],
			[0.1, [0.3664, 0.4374, 0.1962]],
			[0.02, [0.4718, 0.3697, 0.1585]]
		] as const) {
			const { policy, residual } = regularisedEquilibrium(GAME, tau);
			// They have four digits.
			policy.forEach((p, i) => expect(Math.abs(p - want[i])).toBeLessThan(1e-4));
			expect(residual).toBeLessThan(1e-12);
		}
	});

	test('two responses: logit p = (q − 1/2)/τ + logit p_ref', () => {
		const pair = [
			[0.5, 0.8],
			[0.2, 0.5]
		];
		expect(regularisedEquilibrium(pair, 1).policy[0]).toBeCloseTo(0.574443, 6);
		expect(regularisedEquilibrium(pair, 0.1).policy[0]).toBeCloseTo(0.952574, 6);
		const [p] = regularisedEquilibrium(pair, 0.3, [0.1, 0.9]).policy;
		expect(Math.log(p / (1 - p))).toBeCloseTo(0.3 / 0.3 + Math.log(0.1 / 0.9), 10);
	});

	test('no deviation pays: the objective is at a saddle', () => {
		fc.assert(
			fc.property(
				anyPreferences,
				fc.double({ min: 0.02, max: 2, noNaN: true }),
				(preferences, tau) => {
					const count = preferences.length;
					const reference = preferences.map((_, i) => (2 * (i + 1)) / (count * (count + 1)));
					const { policy, residual } = regularisedEquilibrium(preferences, tau, reference);
					// Newton’s method ends at rounding; 1/τ magnifies it.
					expect(residual).toBeLessThan(1e-11);
					const rates = winRates(preferences, policy);
					const gain = (other: readonly number[]) =>
						other.reduce((total, p, i) => total + p * rates[i], 0) -
						tau * exactKl(other, reference);
					const stream = createStream(5);
					for (let k = 0; k < 10; k++) {
						const raw = policy.map((p) => p * (0.2 + stream.uniform()));
						const total = raw.reduce((a, b) => a + b, 0);
						expect(gain(raw.map((x) => x / total))).toBeLessThanOrEqual(gain(policy) + 1e-12);
					}
				}
			),
			{ seed: 1, numRuns: 60 }
		);
	});

	test('limits: the reference for large τ, the maximal lottery for small', () => {
		regularisedEquilibrium(GAME, 1e6).policy.forEach((p) => expect(p).toBeCloseTo(1 / 3, 6));
		const { lottery } = maximalLottery(GAME.map((row) => row.map((p) => 2 * p - 1)));
		regularisedEquilibrium(GAME, 1e-4).policy.forEach((p, i) =>
			// The distance goes like τ.
			expect(Math.abs(p - lottery[i])).toBeLessThan(1e-3)
		);
	});

	test('bad input is named', () => {
		expect(() => regularisedEquilibrium(GAME, 0)).toThrow('tau');
		expect(() => regularisedEquilibrium(GAME, 1, [1, 0, 0])).toThrow('reference[1]');
		expect(() => regularisedEquilibrium([], 1)).toThrow('preferences');
		expect(() =>
			regularisedEquilibrium(
				[
					[0.5, 0.7],
					[0.7, 0.5]
				],
				1
			)
		).toThrow('sum to 1');
	});
});

test('logitFixedPoint: worked value', () => {
	const { policy, residual } = logitFixedPoint(() => [1, 0], [0, 0]);
	expect(policy[0]).toBeCloseTo(Math.E / (1 + Math.E), 14);
	expect(residual).toBeLessThan(1e-15);
});

describe('nashLearning', () => {
	const last = <T>(list: T[]) => list[list.length - 1];

	test('multiplicative weights: the last policy moves outward, the average goes to equilibrium', () => {
		const { policies, averages } = nashLearning({
			preferences: GAME,
			method: 'self-play',
			tau: 0,
			learningRate: 0.02,
			steps: 40_000
		});
		// The average goes round the equilibrium ever closer: at 40,000 steps within about 0.004.
		[1 / 2, 1 / 3, 1 / 6].forEach((want, i) =>
			expect(Math.abs(last(averages)[i] - want)).toBeLessThan(0.006)
		);
		// KL(equilibrium ‖ policy) is what a step of self-play can only raise at an inner equilibrium.
		const distance = (t: number) => exactKl([1 / 2, 1 / 3, 1 / 6], policies[t]);
		for (let t = 0; t < 40_000; t += 1000) {
			expect(distance(t + 1000)).toBeGreaterThan(distance(t));
		}
	});

	test('the average of multiplicative weights keeps its bound log(n)/(ηT) + η/8', () => {
		fc.assert(
			fc.property(
				anyPreferences,
				fc.double({ min: 0.01, max: 2, noNaN: true }),
				(preferences, learningRate) => {
					const steps = 300;
					const { averages } = nashLearning({
						preferences,
						method: 'self-play',
						tau: 0,
						learningRate,
						steps: steps - 1
					});
					const bound = Math.log(preferences.length) / (learningRate * steps) + learningRate / 8;
					expect(exploitability(preferences, last(averages)).gap).toBeLessThanOrEqual(
						bound + 1e-12
					);
				}
			),
			{ seed: 2, numRuns: 60 }
		);
	});

	test('with τ > 0 self-play and Nash-RS rest at the regularised equilibrium', () => {
		for (const method of ['self-play', 'nash-rs'] as const) {
			for (const tau of [0.1, 0.5]) {
				const reference = [0.5, 0.2, 0.3];
				const { policies } = nashLearning({
					preferences: GAME,
					method,
					tau,
					learningRate: 0.2,
					steps: 3000,
					reference
				});
				const { policy } = regularisedEquilibrium(GAME, tau, reference);
				policy.forEach((p, i) => expect(last(policies)[i]).toBeCloseTo(p, 9));
			}
		}
	});

	test('near the equilibrium self-play shrinks by |1 − ητ ± iηω|, Nash-RS by 1 − ητ(1 + ω²/τ²)', () => {
		const tau = 0.2;
		const learningRate = 0.05;
		const { policy } = regularisedEquilibrium(GAME, tau);
		// ω² from the antisymmetric part on differences of logits: the sum of its principal minors.
		const pairs = [
			[0, 1],
			[1, 2],
			[2, 0]
		];
		const rates = winRates(GAME, policy);
		const slope = GAME.map((row, i) => row.map((share, j) => policy[j] * (share - rates[i])));
		const omega2 = pairs.reduce(
			(total, [i, j]) => total + slope[i][i] * slope[j][j] - slope[i][j] * slope[j][i],
			0
		);
		const shrink = (method: 'self-play' | 'nash-rs') => {
			const { policies } = nashLearning({
				preferences: GAME,
				method,
				tau,
				learningRate,
				steps: 500,
				reference: UNIFORM
			});
			const away = (t: number) => Math.sqrt(exactKl(policies[t], policy));
			return (away(500) / away(300)) ** (1 / 200);
		};
		// From linear theory, once the path is near enough; KL has lost its digits before 1e−16.
		expect(shrink('self-play')).toBeCloseTo(
			Math.hypot(1 - learningRate * tau, learningRate * Math.sqrt(omega2)),
			3
		);
		expect(shrink('nash-rs')).toBeCloseTo(1 - learningRate * tau * (1 + omega2 / tau ** 2), 3);
	});

	test('Nash-MD rests where its mixture is the opponent; with c = 0 it is self-play', () => {
		const settings = { preferences: GAME, tau: 0.2, learningRate: 0.2, steps: 3000 } as const;
		const { policies } = nashLearning({ ...settings, method: 'nash-md', mixtureCoef: 0.5 });
		const rest = last(policies);
		const raw = Array.from(rest, (p) => Math.sqrt(p / 3));
		const total = raw.reduce((a, b) => a + b, 0);
		const rates = winRates(
			GAME,
			raw.map((x) => x / total)
		);
		const image = rates.map((rate) => Math.exp(rate / 0.2));
		const norm = image.reduce((a, b) => a + b, 0);
		rest.forEach((p, i) => expect(p).toBeCloseTo(image[i] / norm, 10));
		const { policy } = regularisedEquilibrium(GAME, 0.2);
		expect(Math.abs(rest[0] - policy[0])).toBeGreaterThan(0.02);
		const none = nashLearning({ ...settings, method: 'nash-md', mixtureCoef: 0 });
		const self = nashLearning({ ...settings, method: 'self-play' });
		last(none.policies).forEach((p, i) => expect(p).toBeCloseTo(last(self.policies)[i], 12));
	});

	test('a Condorcet winner takes all, by any method with little τ', () => {
		const winner = three(0.4, 0.2, -0.4);
		for (const method of ['self-play', 'nash-md', 'nash-rs'] as const) {
			const { policies } = nashLearning({
				preferences: winner,
				method,
				tau: 0.02,
				learningRate: 0.5,
				steps: 5000
			});
			expect(last(policies)[0]).toBeGreaterThan(0.99);
		}
	});

	test('bad input is named', () => {
		const good = {
			preferences: GAME,
			method: 'self-play',
			tau: 0,
			learningRate: 0.1,
			steps: 1
		} as const;
		expect(() => nashLearning({ ...good, method: 'nash-rs' })).toThrow(
			'tau must be finite and above 0'
		);
		expect(() => nashLearning({ ...good, tau: -1 })).toThrow('tau');
		expect(() => nashLearning({ ...good, learningRate: 0 })).toThrow('learningRate');
		expect(() => nashLearning({ ...good, tau: 2, learningRate: 1 })).toThrow('at most 1/tau');
		expect(() => nashLearning({ ...good, steps: 1.5 })).toThrow('steps');
		expect(() => nashLearning({ ...good, mixtureCoef: 2 })).toThrow('mixtureCoef');
	});
});

describe('rejection sampling', () => {
	test('the Gibbs opponent is the minimiser, and its acceptance lies in [e^{−1/τ}, 1]', () => {
		fc.assert(
			fc.property(
				anyPreferences,
				fc.double({ min: 0.01, max: 3, noNaN: true }),
				(preferences, tau) => {
					const count = preferences.length;
					const reference = preferences.map(() => 1 / count);
					const losses = winRates(preferences, reference).map((rate) => 1 - rate);
					const { opponent, acceptance, proposals } = gibbsOpponent(losses, tau, reference);
					expect(acceptance).toBeGreaterThanOrEqual(Math.exp(-1 / tau) * (1 - 1e-9));
					expect(acceptance).toBeLessThanOrEqual(1);
					expect(proposals * acceptance).toBeCloseTo(1, 9);
					const pays = (other: readonly number[]) =>
						other.reduce((total, p, y) => total + p * losses[y], 0) +
						tau * exactKl(other, reference);
					// The least is −τ log Z.
					expect(pays(opponent)).toBeCloseTo(-tau * Math.log(acceptance), 9);
					expect(pays(reference)).toBeGreaterThanOrEqual(pays(opponent) - 1e-12);
				}
			),
			{ seed: 3, numRuns: 100 }
		);
	});

	test('τ = 0.05 at even odds: 22,026 proposals for one opponent', () => {
		expect(gibbsOpponent([0.5, 0.5], 0.05, [0.5, 0.5]).proposals).toBeCloseTo(Math.exp(10), 6);
		expect(gibbsOpponent([1, 1], 1e-4, [0.5, 0.5]).proposals).toBe(Infinity);
	});

	const { cases, tolerance } = section<
		{ preferences: number[][]; policy: number[]; tau: number; b1: number; reference: number[] },
		{ opponent: number[]; acceptance: number; proposals: number }
	>(own, 'finite_batches');
	test.each(cases)('NumPy, batch by batch: $name', ({ inputs, outputs }) => {
		const got = finiteBatchOpponent(inputs.preferences, inputs.policy, inputs);
		expectAllNear(got.opponent, outputs.opponent, tolerance);
		expectNear(got.acceptance, outputs.acceptance, tolerance);
		expectNear(got.proposals, outputs.proposals, tolerance);
	});

	test('worked value: a batch of one among two responses', () => {
		const certain = [
			[0.5, 1],
			[0, 0.5]
		];
		const half = [0.5, 0.5];
		const { acceptance } = finiteBatchOpponent(certain, half, { tau: 1, b1: 1, reference: half });
		expect(acceptance).toBeCloseTo((1 + 2 * Math.exp(-0.5) + Math.exp(-1)) / 4, 12);
		expect(acceptance).toBeCloseTo(0.645235, 6);
	});

	test('certain wins: E e^{−ĝ/τ} = (1 − g + g e^{−1/(B1 τ)})^{B1}', () => {
		const certain = [
			[0.5, 0, 1],
			[1, 0.5, 0],
			[0, 1, 0.5]
		];
		const policy = [0.5, 0, 0.5];
		// π never plays B, so the batch holds wins (C over B) and losses (A against B) only.
		const tau = 0.2;
		for (const [b1, want] of [
			[1, 0.503369],
			[4, 0.171209],
			[16, 0.099711],
			[256, 0.083093]
		]) {
			const reference = [1e-12, 1 - 2e-12, 1e-12];
			const { acceptance } = finiteBatchOpponent(certain, policy, { tau, b1, reference });
			expect(acceptance).toBeCloseTo(want, 5);
			expect(acceptance).toBeCloseTo((0.5 + 0.5 * Math.exp(-1 / (b1 * tau))) ** b1, 9);
			expect(acceptance).toBeGreaterThan(Math.exp(-0.5 / tau));
		}
	});

	test('small batches accept more (Jensen), and the bias goes with B1', () => {
		const exact = gibbsOpponent(
			winRates(GAME, UNIFORM).map((rate) => 1 - rate),
			0.1,
			UNIFORM
		);
		let before = Infinity;
		for (const b1 of [1, 2, 4, 8, 16, 32]) {
			const got = finiteBatchOpponent(GAME, UNIFORM, { tau: 0.1, b1, reference: UNIFORM });
			expect(got.acceptance).toBeGreaterThan(exact.acceptance);
			const away = Math.max(...got.opponent.map((p, i) => Math.abs(p - exact.opponent[i])));
			expect(away).toBeLessThan(before);
			before = away;
		}
		expect(batchCount(3, 2)).toBe(6);
	});

	test('drawn opponents follow the distribution for their batch, at its cost', () => {
		const options = { tau: 0.2, b1: 2, b2: 5, reference: [0.5, 0.3, 0.2] };
		const policy = [0.2, 0.5, 0.3];
		const want = finiteBatchOpponent(GAME, policy, options);
		const stream = createStream(9);
		const rounds = 6000;
		const counts = [0, 0, 0];
		let proposals = 0;
		for (let round = 0; round < rounds; round++) {
			const drawn = drawOpponents(stream, GAME, policy, options);
			drawn.counts.forEach((count, y) => (counts[y] += count));
			proposals += drawn.proposals;
		}
		// Shares of 30,000 opponents, five to a batch: standard errors below 0.006.
		want.opponent.forEach((share, y) =>
			expect(Math.abs(counts[y] / (5 * rounds) - share)).toBeLessThan(0.02)
		);
		// 30,000 geometric numbers: a standard error of 0.6 %, more for the shared batches.
		expect(proposals / (5 * rounds) / want.proposals).toBeCloseTo(1, 1);
	});

	test('a budget runs out', () => {
		const drawn = drawOpponents(createStream(1), GAME, UNIFORM, {
			tau: 0.02,
			b1: 16,
			b2: 8,
			reference: UNIFORM,
			maxProposals: 500
		});
		expect(drawn).toMatchObject({ proposals: 500, exhausted: true });
	});

	test('bad input is named', () => {
		const good = { tau: 0.2, b1: 2, b2: 2, reference: UNIFORM };
		const draw = (changed: object) =>
			drawOpponents(createStream(1), GAME, UNIFORM, { ...good, ...changed });
		expect(() => draw({ tau: 0 })).toThrow('tau');
		expect(() => draw({ b1: 0 })).toThrow('b1');
		expect(() => draw({ b2: 1.5 })).toThrow('b2');
		expect(() => draw({ maxProposals: 0 })).toThrow('maxProposals');
		expect(() => gibbsOpponent([1.5], 1, [1])).toThrow('losses[0]');
		expect(() => gibbsOpponent([0.5, 0.5], 1, [1, 0])).toThrow('reference[1]');
		expect(() => finiteBatchOpponent(GAME, UNIFORM, { ...good, b1: 0 })).toThrow('b1');
		expect(() => finiteBatchOpponent(GAME, UNIFORM, { ...good, b1: 1e5 })).toThrow('batches');
	});
});

describe('Nash-RS', () => {
	const run = (seed: number, options: object) => [
		...nashRejectionSampling(createStream(seed), GAME, {
			tau: 0.2,
			b1: 16,
			b2: 8,
			learningRate: 0.2,
			steps: 300,
			reference: UNIFORM,
			...options
		})
	];
	/** Mean policy over the second half of the runs of 20 seeds. */
	const meanRest = (options: object) => {
		const total = [0, 0, 0];
		let count = 0;
		for (let seed = 1; seed <= 20; seed++) {
			for (const { policy } of run(seed, options).slice(150)) {
				policy.forEach((p, i) => (total[i] += p));
				count++;
			}
		}
		return total.map((x) => x / count);
	};

	test('its point of rest with exact g is the regularised equilibrium', () => {
		for (const tau of [0.05, 0.2, 1]) {
			const { policy } = regularisedEquilibrium(GAME, tau, [0.5, 0.2, 0.3]);
			const rest = nashRsFixedPoint(GAME, { tau, b1: Infinity, reference: [0.5, 0.2, 0.3] });
			rest.policy.forEach((p, i) => expect(p).toBeCloseTo(policy[i], 10));
			expect(rest.residual).toBeLessThan(1e-12);
		}
	});

	test('large batches: sampled policies keep about the equilibrium', () => {
		const { policy } = regularisedEquilibrium(GAME, 0.2);
		// Noise of the opponents bends the mean a little; 20 seeds of 150 steps leave 0.005.
		meanRest({}).forEach((p, i) => expect(Math.abs(p - policy[i])).toBeLessThan(0.015));
	});

	test('small batches: they keep about the point of rest for B1, and off the equilibrium', () => {
		const options = { tau: 0.1, b1: 1, b2: 16 };
		const { policy } = nashRsFixedPoint(GAME, { ...options, reference: UNIFORM });
		const exact = regularisedEquilibrium(GAME, 0.1).policy;
		const mean = meanRest(options);
		const away = (from: readonly number[]) =>
			Math.max(...mean.map((p, i) => Math.abs(p - from[i])));
		expect(away(policy)).toBeLessThan(0.03);
		expect(away(exact)).toBeGreaterThan(2 * away(policy));
	});

	test('a KL weight of 0.01, as in the authors’ script, collapses onto a response that loses', () => {
		const { policy } = nashRsFixedPoint(GAME, {
			tau: 1,
			b1: Infinity,
			reference: UNIFORM,
			initKlCoef: 0.01
		});
		expect(policy[1]).toBeGreaterThan(0.99);
		// It loses to the first response 60 to 40.
		expect(exploitability(GAME, policy)).toEqual({ gap: expect.closeTo(0.1, 2), response: 0 });
	});

	/** Over 20 seeds: how far the second half of a run is off the equilibrium, on average. */
	const offOver20Seeds = (options: { tau: number } & Record<string, number>) => {
		const { policy } = regularisedEquilibrium(GAME, options.tau);
		return Array.from({ length: 20 }, (_, i) => {
			const late = run(i + 1, options).slice(150);
			const off = late.map((state) =>
				state.policy.reduce((sum, p, y) => sum + Math.abs(p - policy[y]) / 2, 0)
			);
			return off.reduce((sum, x) => sum + x, 0) / off.length;
		});
	};

	test('20 seeds: one opponent a step is noisier than eight, in every seed', () => {
		const eight = offOver20Seeds({ tau: 0.2, b1: 16, b2: 8 });
		const one = offOver20Seeds({ tau: 0.2, b1: 64, b2: 1 });
		expect(Math.max(...eight)).toBeLessThan(0.023);
		expect(Math.min(...one)).toBeGreaterThan(0.023);
	});

	test('20 seeds: batches of one stay off by the bias, whatever B2', () => {
		const off = offOver20Seeds({ tau: 0.1, b1: 1, b2: 16 });
		const mean = off.reduce((sum, x) => sum + x, 0) / 20;
		const { policy } = nashRsFixedPoint(GAME, { tau: 0.1, b1: 1, reference: UNIFORM });
		const exact = regularisedEquilibrium(GAME, 0.1).policy;
		const bias = policy.reduce((sum, p, y) => sum + Math.abs(p - exact[y]) / 2, 0);
		// Noise adds a little to the distance that the bias alone has.
		expect(Math.abs(mean - bias)).toBeLessThan(0.015);
	});

	test('20 seeds: the script’s KL weight of 0.01 ends on the second response every time', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const options = { tau: 1, b1: 2, b2: 2, initKlCoef: 0.01, learningRate: 0.5 };
			expect(run(seed, options)[300].policy[1]).toBeGreaterThan(0.95);
		}
	});

	test('20 seeds: at τ = 0.05 a hundred thousand proposals a step do not last ten steps', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const states = run(seed, { tau: 0.05 });
			expect(states[states.length - 1]).toMatchObject({ exhausted: true });
			expect(states.length).toBeLessThan(11);
		}
	});

	test('it ends where the budget does, and counts what it proposed', () => {
		const states = run(1, { tau: 0.05 });
		const end = states[states.length - 1];
		expect(end.exhausted).toBe(true);
		expect(end.totalProposals).toBe(states.reduce((sum, state) => sum + state.proposals, 0));
		expect(run(1, {}).length).toBe(301);
		expect(run(2, {})).toEqual(run(2, {}));
		expect(run(2, {})).not.toEqual(run(3, {}));
	});

	test('bad input is named', () => {
		expect(() => run(1, { learningRate: 0 })).toThrow('learningRate');
		expect(() => run(1, { learningRate: 6 })).toThrow('learningRate');
		expect(() => run(1, { initKlCoef: -1 })).toThrow('initKlCoef');
		expect(() =>
			nashRsFixedPoint(GAME, { tau: 1, b1: 2, reference: UNIFORM, initKlCoef: 0 })
		).toThrow('initKlCoef');
	});
});
