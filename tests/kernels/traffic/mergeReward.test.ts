import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeReward, type RewardInput } from '../../../src/kernels/traffic/mergeReward';
import { indexToSpeed, legalActions, speedToIndex } from '../../../src/kernels/traffic/metaActions';
import { rewardLevels } from '../../../src/kernels/traffic/rewardLevels';
import { controlledNeighbours } from '../../../src/kernels/traffic/worldRewards';
import { createWorld, type Car } from '../../../src/kernels/traffic/mergeWorld';
import reference from '../../reference/merge.json';
import { expectAllNear, expectNear, section } from '../rl/outside';

describe('MARL_CAVs, _agent_reward', () => {
	const { cases, tolerance } = section<RewardInput, number>(reference, 'agent_reward');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		expectNear(mergeReward(inputs).total, outputs, tolerance);
	});
});

describe('MARL_CAVs, _regional_reward', () => {
	interface Inputs {
		rewards: number[];
		lanes: number[];
		xs: number[];
	}
	const { cases, tolerance } = section<Inputs, number[]>(reference, 'regional_reward');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const cars: Car[] = inputs.xs.map((x, i) => ({
			x,
			y: inputs.lanes[i] === 0 ? 0 : 4,
			speed: 20,
			targetSpeed: 20,
			towards: inputs.lanes[i] === 0 ? 'main' : 'ramp',
			controlled: true,
			crashed: false,
			sinceLook: 0
		}));
		const world = createWorld(cars);
		const neighbours = cars.map((_, i) => controlledNeighbours(world, i));
		const { regional, global } = rewardLevels(inputs.rewards, neighbours);
		expectAllNear(regional, outputs, tolerance);
		const mean = inputs.rewards.reduce((a, b) => a + b, 0) / cars.length;
		expectAllNear(
			global,
			cars.map(() => mean),
			tolerance
		);
	});
});

describe('highway-env, MDPVehicle', () => {
	const { cases } = section<{ speed: number }, { index: number; speed: number }>(
		reference,
		'speed_index'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		expect(speedToIndex(inputs.speed)).toBe(outputs.index);
		expect(indexToSpeed(outputs.index)).toBe(outputs.speed);
	});
});

const at = (speed: number, headway: number) =>
	mergeReward({ speed, headway, x: 100, onMergeLane: false, crashed: false });

test('the best reward is 1: the code’s comment that the optimum is 0 does not hold', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0, max: 40, noNaN: true }),
			fc.double({ min: 0.1, max: 100, noNaN: true }),
			fc.double({ min: 0, max: 520, noNaN: true }),
			fc.boolean(),
			(speed, headway, x, onMergeLane) => {
				const { total } = mergeReward({ speed, headway, x, onMergeLane, crashed: false });
				expect(total).toBeLessThanOrEqual(1);
			}
		),
		{ seed: 1, numRuns: 300 }
	);
	expect(at(30, 60).total).toBe(1);
});

test('for a distance d in [12, 36] the best speed is d/1.2', () => {
	for (const d of [12, 18, 24, 30, 36]) {
		const best = at(d / 1.2, d).total;
		for (let speed = 0.5; speed <= 40; speed += 0.25) {
			expect(at(speed, d).total).toBeLessThanOrEqual(best + 1e-12);
		}
	}
});

test('more room never pays less, and beyond 1.2 s nothing more', () => {
	expect(at(20, 23).total).toBeLessThan(at(20, 24).total);
	expect(at(20, 24).total).toBe(at(20, 50).total);
	expect(at(30, 60).total).toBe(at(30, 1e6).total);
});

test('the lane that ends costs 4 at its end, and next to nothing 100 m before', () => {
	const lane = (x: number) =>
		mergeReward({ speed: 20, headway: 60, x, onMergeLane: true, crashed: false }).mergeLane;
	expect(lane(420)).toBe(-4);
	expect(lane(370)).toBeCloseTo(-4 * Math.exp(-2.5), 14);
	expect(lane(320)).toBeGreaterThan(-0.001);
});

test('levels: all equal coincide, a lone car is its own region, a crash is shared out', () => {
	expect(rewardLevels([2, 2, 2], [[1], [0, 2], [1]])).toEqual({
		individual: [2, 2, 2],
		regional: [2, 2, 2],
		global: [2, 2, 2]
	});
	expect(rewardLevels([1, -3], [[], []]).regional).toEqual([1, -3]);
	expect(rewardLevels([-200, 0, 0, 0], [[], [], [], []]).global).toEqual([-50, -50, -50, -50]);
	expect(rewardLevels([1, 0, -4], [[], [2], [1]]).regional).toEqual([1, -2, -2]);
});

test('orders open to a car', () => {
	const open = (x: number, targetSpeed: number, towards: 'main' | 'ramp') =>
		legalActions({ x, targetSpeed, towards });
	expect(open(100, 30, 'main')).toEqual(['idle', 'slower']);
	expect(open(319.9, 20, 'ramp')).toEqual(['idle', 'faster', 'slower']);
	expect(open(320, 10, 'ramp')).toEqual(['idle', 'faster', 'merge']);
	expect(open(420, 20, 'ramp')).not.toContain('merge');
});

test.each([
	[() => at(-1, 10), 'speed must be at least 0, got -1'],
	[() => at(10, 0), 'headway must be above 0, got 0'],
	[() => rewardLevels([], []), 'individual must not be empty'],
	[() => rewardLevels([1, 2], [[1]]), 'neighbours must have 2 lists, got 1'],
	[() => rewardLevels([1, 2], [[0], []]), 'neighbours[0] must name other cars, got 0']
])('bad input is refused (%#)', (call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
