import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { driveCascade, type CascadeOptions } from '../../../src/kernels/traffic/cascade';
import type { StoredDecision } from '../../../src/kernels/traffic/decisionMemory';
import { drawScene } from '../../../src/kernels/traffic/drawScene';
import { foresee, lookAhead } from '../../../src/kernels/traffic/lookAhead';
import { createDriver, DRIVER_STATES, observe } from '../../../src/kernels/traffic/mergeDriver';
import { legalActions, type MetaAction } from '../../../src/kernels/traffic/metaActions';
import { createWorld, type Car } from '../../../src/kernels/traffic/mergeWorld';
import { trainDrivers, type DriverTraining } from '../../../src/kernels/traffic/trainDrivers';

const trained = (seed: number, overrides = {}): DriverTraining => {
	let last: DriverTraining;
	for (last of trainDrivers(overrides, createStream(seed)));
	return last!;
};

const OPTIONS: CascadeOptions = {
	level: 'individual',
	hallucination: 0,
	depth: 2,
	recalled: 5,
	substeps: 15
};

const SCENES = 8;

function successes(seed: number, changed: Partial<CascadeOptions>, values: Float64Array): number {
	const memory: StoredDecision[] = [];
	let count = 0;
	for (let s = 0; s < SCENES; s++) {
		const stream = createStream(seed).split(`scene ${s}`);
		const world = drawScene('medium', stream.split('cars'));
		const options = { ...OPTIONS, ...changed };
		count += Number(driveCascade(world, values, memory, options, stream.split('drive')).success);
	}
	return count;
}

describe('look-ahead', () => {
	const car = (x: number, y: number, towards: 'main' | 'ramp'): Car => ({
		x,
		y,
		speed: 20,
		targetSpeed: 20,
		towards,
		controlled: true,
		crashed: false,
		sinceLook: 0
	});

	test('is the best of all joint orders, tried one by one', () => {
		const world = createWorld([car(380, 4, 'ramp'), car(374, 0, 'main')]);
		const base: MetaAction[] = ['idle', 'idle'];
		const best = foresee(world, lookAhead(world, base, [0, 1], 3, 15), [0, 1], 3, 15);
		for (const a of legalActions(world.cars[0])) {
			for (const b of legalActions(world.cars[1])) {
				expect(foresee(world, [a, b], [0, 1], 3, 15)).toBeLessThanOrEqual(best + 1e-9);
			}
		}
		expect(best).toBeGreaterThan(foresee(world, base, [0, 1], 3, 15) + 50);
	});

	test('leaves the world and the orders of others alone', () => {
		const world = createWorld([car(380, 4, 'ramp'), car(300, 0, 'main')]);
		const before = structuredClone(world);
		expect(lookAhead(world, ['idle', 'slower'], [0], 2, 15)[1]).toBe('slower');
		expect(world).toEqual(before);
		expect(() => lookAhead(world, [], [], 2, 15)).toThrow('members must not be empty');
	});
});

test('what a driver sees is one of 675 states', () => {
	for (let seed = 0; seed < 30; seed++) {
		const world = drawScene('dense', createStream(seed));
		world.cars.forEach((_, i) => {
			expect(observe(world, i)).toBeGreaterThanOrEqual(0);
			expect(observe(world, i)).toBeLessThan(DRIVER_STATES);
		});
	}
});

describe('training', () => {
	test('drivers that merged in no scene merge in many after 200 episodes, on 20 seeds', () => {
		let [before, after] = [0, 0];
		for (let seed = 1; seed <= 20; seed++) {
			before += successes(seed, {}, createDriver()) / SCENES / 20;
			after +=
				successes(seed, {}, trained(seed, { density: 'light', episodes: 200 }).values) /
				SCENES /
				20;
		}
		expect(before).toBe(0);
		expect(after).toBeGreaterThan(0.3); // of scenes in medium traffic, learned in light
	}, 60_000);

	test('the same seed trains the same table', () => {
		const [a, b] = [trained(5, { episodes: 40 }), trained(5, { episodes: 40 })];
		expect(a.values).toEqual(b.values);
		expect(a.successes).toHaveLength(40);
	});

	test('bad input is refused', () => {
		expect(() => trained(1, { episodes: 0 })).toThrow('episodes must be a positive integer, got 0');
		expect(() => trained(1, { exploration: 2 })).toThrow('exploration must be in [0, 1], got 2');
	});
});

describe('the cascade', () => {
	test('over 20 seeds the regional level adds to the individual one, hallucination takes away, the global level gives back', () => {
		const mean = [0, 0, 0, 0];
		const wild = 0.5;
		for (let seed = 1; seed <= 20; seed++) {
			const { values } = trained(seed, { density: 'light', episodes: 120 });
			mean[0] += successes(seed, {}, values) / SCENES / 20;
			mean[1] += successes(seed, { level: 'regional' }, values) / SCENES / 20;
			mean[2] += successes(seed, { level: 'regional', hallucination: wild }, values) / SCENES / 20;
			mean[3] += successes(seed, { level: 'global', hallucination: wild }, values) / SCENES / 20;
		}
		expect(mean[1]).toBeGreaterThan(mean[0] + 0.15);
		expect(mean[2]).toBeLessThan(mean[1] - 0.1);
		expect(mean[3]).toBeGreaterThan(mean[2] + 0.05);
	}, 120_000);

	test('every order is signed, and the memory keeps what was carried out near the ramp', () => {
		const memory: StoredDecision[] = [];
		const options = { ...OPTIONS, level: 'global' } as const;
		const world = drawScene('medium', createStream(2));
		const run = driveCascade(world, createDriver(), memory, options, createStream(3));
		// five moments a decision, fewer in the one that ends in a crash
		expect(Math.ceil((run.moments.length - 1) / 5)).toBe(run.orders.length);
		expect(
			run.orders.flat().every(({ by }) => ['individual', 'regional', 'global'].includes(by))
		).toBe(true);
		expect(memory.length).toBeGreaterThan(0);
		expect(memory.length).toBeLessThanOrEqual(200);
	});

	test('a hallucination rate above 1 is refused', () => {
		const world = drawScene('light', createStream(1));
		const run = () =>
			driveCascade(world, createDriver(), [], { ...OPTIONS, hallucination: 2 }, createStream(1));
		expect(run).toThrow('hallucination must be in [0, 1], got 2');
	});
});
