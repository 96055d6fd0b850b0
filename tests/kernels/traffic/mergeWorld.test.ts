import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { drawScene, type Density } from '../../../src/kernels/traffic/drawScene';
import { HIGHWAY_ENV_IDM } from '../../../src/kernels/traffic/idmAcceleration';
import { idmEquilibriumGap } from '../../../src/kernels/traffic/idmEquilibriumGap';
import { decide, hasMerged, isOver } from '../../../src/kernels/traffic/mergeEpisode';
import { rampOffset } from '../../../src/kernels/traffic/mergeRoad';
import {
	advance,
	copyWorld,
	createWorld,
	laneOf,
	order,
	SUBSTEP,
	type Car
} from '../../../src/kernels/traffic/mergeWorld';
import { rewardOf, worldRewards } from '../../../src/kernels/traffic/worldRewards';

const car = (changed: Partial<Car> = {}): Car => ({
	x: 100,
	y: 0,
	speed: 20,
	targetSpeed: 20,
	towards: 'main',
	controlled: true,
	crashed: false,
	sinceLook: 0,
	...changed
});

test('the ramp comes alongside: 10.5 m off, 7.25 m in the bend’s middle, one lane off at the end', () => {
	expect(rampOffset(0)).toBe(10.5);
	expect(rampOffset(270)).toBeCloseTo(7.25, 14);
	expect(rampOffset(400)).toBe(4);
});

test('a controlled car nears its target speed as exp(−t/0.6)', () => {
	const world = createWorld([car({ targetSpeed: 25 })]);
	for (let t = 0; t < 15; t++) advance(world);
	// 15 steps of Euler: (1 − 1/9)^15 is left of the 5 m/s
	expect(world.cars[0].speed).toBeCloseTo(25 - 5 * (1 - SUBSTEP / 0.6) ** 15, 10);
	expect(world.time).toBeCloseTo(1, 12);
});

test('a human driver behind a steady car comes to the equilibrium gap', () => {
	const behind = car({ x: 0, controlled: false, targetSpeed: 25, speed: 22 });
	const world = createWorld([car({ x: 60 }), behind]);
	for (let t = 0; t < 15 * 120; t++) advance(world);
	const gap = world.cars[0].x - world.cars[1].x;
	expect(gap).toBeCloseTo(idmEquilibriumGap(20, { ...HIGHWAY_ENV_IDM, desiredSpeed: 25 }), 2);
});

test('an order to merge counts between 320 and 420 m only, and brings the car over', () => {
	const early = car({ x: 300, y: 4, towards: 'ramp' });
	order(early, 'merge');
	expect(early.towards).toBe('ramp');
	const world = createWorld([car({ x: 330, y: 4, towards: 'ramp' })]);
	order(world.cars[0], 'merge');
	decide(world, ['idle'], 30);
	expect(laneOf(world.cars[0])).toBe('main');
	expect(world.cars[0].y).toBeCloseTo(4 * (1 - SUBSTEP / 0.6) ** 30, 10);
	expect(hasMerged(world)).toBe(true);
});

test('a controlled car that does not merge runs into the end of the lane and pays 200', () => {
	const world = createWorld([car({ x: 400, y: 4, towards: 'ramp' })]);
	while (!isOver(world)) decide(world, ['idle'], 15);
	expect(world.cars[0].crashed).toBe(true);
	expect(rewardOf(world, 0).crash).toBe(-200);
	expect(world.time).toBeLessThan(2);
});

test('a human driver with no gap stops before the end of the lane', () => {
	const wall = Array.from({ length: 12 }, (_, i) =>
		car({ x: 420 - 8 * i, speed: 0, targetSpeed: 10, controlled: false })
	);
	wall.forEach((other) => (other.crashed = true));
	const world = createWorld([
		...wall,
		car({ x: 330, y: 4, towards: 'ramp', controlled: false, speed: 15, targetSpeed: 25 })
	]);
	for (let t = 0; t < 15 * 15; t++) advance(world);
	const waiting = world.cars.at(-1)!;
	expect(waiting.crashed).toBe(false);
	expect(waiting.speed).toBeLessThan(0.5);
	expect(waiting.x).toBeLessThan(417);
});

test('cars that meet crash, both, and lose the higher speed', () => {
	const world = createWorld([
		car({ x: 100, speed: 30, targetSpeed: 30 }),
		car({ x: 105, speed: 10, targetSpeed: 10 })
	]);
	for (let t = 0; t < 15; t++) advance(world);
	expect(world.cars.every(({ crashed }) => crashed)).toBe(true);
	expect(worldRewards(world).global[0]).toBeLessThan(-190);
});

describe('first scenes', () => {
	test.each([
		['light', 2, 6, 1, 3],
		['medium', 4, 8, 2, 4],
		['dense', 7, 11, 4, 6]
	] as const)(
		'%s: %i to %i cars, %i to %i of them controlled, none touching',
		(density, low, high, fewest, most) => {
			fc.assert(
				fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
					const { cars } = drawScene(density as Density, createStream(seed));
					const controlled = cars.filter((c) => c.controlled).length;
					expect(cars.length).toBeGreaterThanOrEqual(low);
					expect(cars.length).toBeLessThanOrEqual(high);
					expect(controlled).toBeGreaterThanOrEqual(fewest);
					expect(controlled).toBeLessThanOrEqual(most);
					expect(cars.slice(0, controlled).every((c) => c.controlled)).toBe(true);
					cars.forEach((a, i) =>
						cars.slice(i + 1).forEach((b) => {
							if (a.towards === b.towards) expect(Math.abs(a.x - b.x)).toBeGreaterThan(30);
						})
					);
				}),
				{ seed: 1, numRuns: 60 }
			);
		}
	);
});

test('a copy lives its own life, and equal worlds move alike', () => {
	const world = drawScene('dense', createStream(3));
	const copy = copyWorld(world);
	for (let t = 0; t < 60; t++) advance(world);
	expect(copy.time).toBe(0);
	for (let t = 0; t < 60; t++) advance(copy);
	expect(copy).toEqual(world);
});
