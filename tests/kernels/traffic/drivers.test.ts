import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptGap, following } from '../../../src/kernels/traffic/acceptGap';
import { HIGHWAY_ENV_IDM, idmAcceleration } from '../../../src/kernels/traffic/idmAcceleration';
import { idmEquilibriumGap } from '../../../src/kernels/traffic/idmEquilibriumGap';
import reference from '../../reference/merge.json';
import { expectNear, section } from '../rl/outside';

const TEXTBOOK = {
	desiredSpeed: 30,
	timeHeadway: 1.5,
	jamDistance: 2,
	maxAcceleration: 1,
	comfortBraking: 1.5
};

describe('highway-env’s IDMVehicle, as MARL_CAVs has it', () => {
	interface Inputs {
		speed: number;
		desiredSpeed: number;
		gap: number | string;
		speedAhead: number;
	}
	const { cases, tolerance } = section<Inputs, number>(reference, 'idm');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { acceleration } = idmAcceleration(
			{
				speed: inputs.speed,
				gap: Number(inputs.gap),
				approach: inputs.speed - inputs.speedAhead
			},
			{ ...HIGHWAY_ENV_IDM, desiredSpeed: inputs.desiredSpeed }
		);
		expectNear(acceleration, outputs, tolerance);
	});
});

test('the equilibrium gap of 20 behind 20 is 32/√(1 − (2/3)⁴), and there the driver holds', () => {
	const gap = idmEquilibriumGap(20, TEXTBOOK);
	expect(gap).toBeCloseTo(35.722, 4);
	const { acceleration, desiredGap } = idmAcceleration({ speed: 20, gap, approach: 0 }, TEXTBOOK);
	expect(desiredGap).toBe(32);
	expect(acceleration).toBeCloseTo(0, 14); // one square root and its square
});

test('on a free road the acceleration is a·(1 − (v/v0)⁴)', () => {
	const free = (speed: number) =>
		idmAcceleration({ speed, gap: Infinity, approach: 0 }, TEXTBOOK).acceleration;
	expect(free(0)).toBe(1);
	expect(free(15)).toBeCloseTo(15 / 16, 14);
	expect(free(30)).toBe(0);
});

test('a driver behind a steady car settles at the equilibrium gap', () => {
	fc.assert(
		fc.property(fc.double({ min: 5, max: 22, noNaN: true }), (ahead) => {
			let [gap, speed] = [60, ahead + 3];
			for (let t = 0; t < 40_000; t++) {
				const { acceleration } = idmAcceleration(
					{ speed, gap, approach: speed - ahead },
					HIGHWAY_ENV_IDM
				);
				gap += (ahead - speed) * 0.02;
				speed = Math.max(0, speed + acceleration * 0.02);
			}
			// 800 s: the slowest case, near the desired speed, has e-folded some tens of times
			expect(gap).toBeCloseTo(idmEquilibriumGap(ahead, HIGHWAY_ENV_IDM), 3);
		}),
		{ seed: 1, numRuns: 15 }
	);
});

test('nearer, or closing faster, never means less braking while the driver wants distance', () => {
	const speeds = fc.double({ min: 0, max: 30, noNaN: true });
	fc.assert(
		fc.property(
			speeds,
			fc.double({ min: 3, max: 100, noNaN: true }),
			fc.double({ min: 0, max: 20, noNaN: true }),
			(speed, gap, approach) => {
				const at = (g: number, dv: number) =>
					idmAcceleration({ speed, gap: g, approach: dv }, HIGHWAY_ENV_IDM).acceleration;
				expect(at(gap, approach)).toBeLessThanOrEqual(at(gap + 5, approach));
				expect(at(gap, approach + 1)).toBeLessThanOrEqual(at(gap, approach));
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

describe('gap acceptance', () => {
	const car = { x: 380, speed: 20, targetSpeed: 25 };
	const end = { x: 420, speed: 0 };

	test('an empty lane beside an ending one is taken', () => {
		const decision = acceptGap(car, { aheadNow: end }, HIGHWAY_ENV_IDM);
		expect(decision.accepted).toBe(true);
		expect(decision.followerAcceleration).toBe(0);
		expect(decision.gain).toBeCloseTo(
			following(car, undefined, HIGHWAY_ENV_IDM) - following(car, end, HIGHWAY_ENV_IDM),
			14
		);
	});

	test('a follower that would brake harder than the rule allows keeps it shut', () => {
		const behindThere = { x: 372, speed: 30, targetSpeed: 30 };
		const around = { aheadNow: end, behindThere };
		const { followerAcceleration, accepted } = acceptGap(car, around, HIGHWAY_ENV_IDM);
		expect(followerAcceleration).toBeLessThan(-9);
		expect(accepted).toBe(false);
		const reckless = { maxBraking: 1e9, leastGain: 0.1 };
		expect(acceptGap(car, around, HIGHWAY_ENV_IDM, reckless).accepted).toBe(true);
	});

	test('a lane that wins nothing is not taken', () => {
		expect(acceptGap(car, {}, HIGHWAY_ENV_IDM).accepted).toBe(false);
	});
});

test.each([
	[
		() => idmAcceleration({ speed: -1, gap: 10, approach: 0 }, TEXTBOOK),
		'speed must be at least 0, got -1'
	],
	[
		() => idmAcceleration({ speed: 1, gap: 10, approach: 0 }, { ...TEXTBOOK, desiredSpeed: 0 }),
		'desiredSpeed must be above 0, got 0'
	],
	[() => idmEquilibriumGap(30, TEXTBOOK), 'speed must be in [0, desiredSpeed = 30), got 30']
])('bad input is refused (%#)', (call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
