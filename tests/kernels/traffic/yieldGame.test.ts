import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	greedyJoint,
	learnYield,
	type YieldLearners
} from '../../../src/kernels/traffic/learnYield';
import { playYield } from '../../../src/kernels/traffic/playYield';
import { solveYield } from '../../../src/kernels/traffic/solveYield';
import {
	JOINT,
	moveOf,
	yieldGame,
	yieldStep,
	type YieldState
} from '../../../src/kernels/traffic/yieldGame';

const start = (changed: Partial<YieldState> = {}): YieldState => ({
	step: 0,
	mainX: 360,
	rampX: 370,
	mainSpeed: 2,
	rampSpeed: 1,
	merged: false,
	crashed: false,
	...changed
});

const scenes = fc.record({
	mainX: fc.integer({ min: 31, max: 38 }).map((x) => 10 * x),
	rampX: fc.integer({ min: 31, max: 38 }).map((x) => 10 * x),
	mainSpeed: fc.integer({ min: 0, max: 2 }),
	rampSpeed: fc.integer({ min: 0, max: 2 })
});

/** The best sum of both rewards, by trying every sequence of orders. */
function bestSum(state: YieldState, horizon: number): number {
	if (state.crashed || state.step === horizon) return 0;
	let best = -Infinity;
	for (let joint = 0; joint < JOINT; joint++) {
		const step = yieldStep(state, moveOf(joint));
		if (step) best = Math.max(best, step.main + step.ramp + bestSum(step.state, horizon));
	}
	return best;
}

describe('the exact solution', () => {
	test('at courtesy 0.5 it is the joint optimum found by enumeration, whoever leads', () => {
		fc.assert(
			fc.property(scenes, (scene) => {
				const game = yieldGame(start(scene), 4);
				const optimum = bestSum(start(scene), 4);
				for (const leader of ['main', 'ramp'] as const) {
					const { main, ramp } = solveYield(game, { courtesy: 0.5, leader });
					expect(main[0] + ramp[0]).toBeCloseTo(optimum, 9); // sums of eight rewards
				}
			}),
			{ seed: 1, numRuns: 12 }
		);
	});

	test('no courtesy reaches more than the joint optimum', () => {
		fc.assert(
			fc.property(
				scenes,
				fc.double({ min: 0, max: 0.5, noNaN: true }),
				fc.constantFrom('main', 'ramp'),
				(scene, courtesy, leader) => {
					const game = yieldGame(start(scene), 6);
					const sum = (c: number) => {
						const { main, ramp } = solveYield(game, { courtesy: c, leader: leader as 'main' });
						return main[0] + ramp[0];
					};
					expect(sum(courtesy)).toBeLessThanOrEqual(sum(0.5) + 1e-7);
				}
			),
			{ seed: 1, numRuns: 25 }
		);
	});

	test('the follower cannot gain by another answer at any one state', () => {
		const game = yieldGame(start(), 6);
		const { orders, main, ramp } = solveYield(game, { courtesy: 0, leader: 'ramp' });
		game.states.forEach((_, state) => {
			if (orders[state] < 0) return;
			const led = orders[state] % 4;
			for (let answer = 0; answer < 3; answer++) {
				const cell = state * JOINT + answer * 4 + led;
				const other = game.main[cell] + main[game.next[cell]];
				expect(other).toBeLessThanOrEqual(main[state] + 1e-8);
			}
		});
		expect(ramp[0]).toBeGreaterThan(0);
	});

	test('values are what the play earns', () => {
		const game = yieldGame(start(), 8);
		const solution = solveYield(game, { courtesy: 0, leader: 'ramp' });
		const { returns, rewards, states } = playYield(game, (state) => solution.orders[state]);
		expect(returns.main).toBeCloseTo(solution.main[0], 9);
		expect(returns.ramp).toBeCloseTo(solution.ramp[0], 9);
		expect(rewards.main).toHaveLength(states.length - 1);
	});
});

test('by own interest the ramp car cuts in and the main car brakes; by the common one it waits', () => {
	const game = yieldGame(start(), 8);
	const play = (courtesy: number) => {
		const { orders } = solveYield(game, { courtesy, leader: 'ramp' });
		return playYield(game, (state) => orders[state]);
	};
	const own = play(0);
	expect(Math.min(...own.states.map(({ mainSpeed }) => mainSpeed))).toBe(0);
	expect(own.returns.main).toBeCloseTo(2.498, 3);
	expect(own.returns.ramp).toBeCloseTo(7.5, 2);
	const common = play(0.5);
	expect(common.states.every(({ mainSpeed }) => mainSpeed === 2)).toBe(true);
	expect(common.returns.main).toBeCloseTo(8, 9);
	expect(common.returns.ramp).toBeCloseTo(4.692, 3);
});

test('a little courtesy can leave both together with less than none', () => {
	const game = yieldGame(start({ mainX: 350, rampX: 350, rampSpeed: 2 }), 8);
	const sum = (courtesy: number) => {
		const { main, ramp } = solveYield(game, { courtesy, leader: 'main' });
		return main[0] + ramp[0];
	};
	expect(sum(0)).toBeCloseTo(12.94, 2);
	expect(sum(0.1)).toBeCloseTo(10.5, 2);
	expect(sum(0.5)).toBeCloseTo(13.19, 2);
});

test('far apart, both drive at 30 m/s for 1 a second', () => {
	const game = yieldGame(start({ mainX: 430, rampX: 330, rampSpeed: 2 }), 8);
	for (const courtesy of [0, 0.3, 0.5]) {
		const { main, ramp } = solveYield(game, { courtesy, leader: 'main' });
		expect(main[0]).toBe(8);
		expect(ramp[0]).toBeCloseTo(8, 2); // one second on the ending lane, 60 m before its end
	}
});

test('crashes: into the other, through the other, into the end of the lane', () => {
	const step = (changed: Partial<YieldState>, main: 'idle' | 'slower', ramp: 'idle' | 'merge') =>
		yieldStep(start(changed), { main, ramp })!;
	const meets = step({ mainX: 360, mainSpeed: 2 }, 'idle', 'merge'); // 390 and 390
	expect(meets.state.crashed).toBe(true);
	expect(meets.main).toBeLessThan(-190);
	expect(meets.ramp).toBeLessThan(-190);
	const through = step(
		{ merged: true, mainX: 360, rampX: 370, mainSpeed: 2, rampSpeed: 0 },
		'idle',
		'idle'
	);
	expect(through.state.crashed).toBe(true);
	const end = step({ rampX: 400, rampSpeed: 1, mainX: 300 }, 'idle', 'idle');
	expect(end.state.crashed).toBe(true);
	expect(end.main).toBeGreaterThan(0);
	expect(yieldStep(start({ rampX: 310 }), { main: 'idle', ramp: 'merge' })).toBeUndefined();
});

describe('independent learners', () => {
	const last = (
		courtesy: number,
		episodes: number,
		seed: number,
		scene: Partial<YieldState> = {},
		horizon = 8
	) => {
		const game = yieldGame(start(scene), horizon);
		const options = { courtesy, episodes, learningRate: 0.3, exploration: 0.5 };
		let learners: YieldLearners;
		for (learners of learnYield(game, createStream(seed), options));
		return { game, learners: learners! };
	};

	test('with no rival near, both reach the exact optimum', () => {
		const { game, learners } = last(0, 6000, 1, { mainX: 460, rampX: 330, rampSpeed: 2 }, 3);
		const exact = solveYield(game, { courtesy: 0, leader: 'main' });
		const { returns } = playYield(game, (state) => greedyJoint(game, learners, state));
		expect(returns.main).toBeCloseTo(exact.main[0], 6);
		expect(returns.ramp).toBeCloseTo(exact.ramp[0], 6);
	});

	test('over 20 seeds the pair paid its own reward ends with more than the pair paid the mean', () => {
		const game = yieldGame(start(), 8);
		const mean = (courtesy: number) => {
			let sum = 0;
			for (let seed = 1; seed <= 20; seed++) {
				const options = { courtesy, episodes: 2000, learningRate: 0.1, exploration: 0.5 };
				let learners: YieldLearners;
				for (learners of learnYield(game, createStream(seed), options));
				const { returns } = playYield(game, (state) => greedyJoint(game, learners, state));
				sum += (returns.main + returns.ramp) / 20;
			}
			return sum;
		};
		expect(mean(0)).toBeGreaterThan(mean(0.5) + 2);
	});

	test('the same seed learns the same, and every episode is counted', () => {
		const [a, b] = [last(0.5, 300, 7), last(0.5, 300, 7)];
		expect(a.learners.main).toEqual(b.learners.main);
		expect(a.learners.returns.main).toHaveLength(300);
	});
});

test.each([
	[() => yieldGame(start(), 0), 'horizon must be a positive integer, got 0'],
	[() => yieldGame(start({ mainX: 355 }), 4), 'places must be multiples of 10, got 355 and 370'],
	[
		() => solveYield(yieldGame(start(), 2), { courtesy: 0.6, leader: 'main' }),
		'courtesy must be in [0, 0.5], got 0.6'
	],
	[() => playYield(yieldGame(start({ rampX: 310 }), 2), () => 3), 'order 3 is not open in state 0'],
	[
		() =>
			learnYield(yieldGame(start(), 2), createStream(1), {
				courtesy: 0,
				episodes: 0,
				learningRate: 0.1,
				exploration: 0.1
			}).next(),
		'episodes must be a positive integer, got 0'
	]
])('bad input is refused (%#)', (call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
