import { describe, expect, test } from 'vitest';
import { algorithms, type Algorithm } from '../../src/kernels/lab/algorithms';
import { labConfig, type LabConfig } from '../../src/kernels/lab/labConfig';
import { provenLevel, tellLevel } from '../../src/lab/provenLevel';
import tenSeeds from '../../src/lab/tenSeeds.json';

const measured = tenSeeds as unknown as Readonly<
	Record<string, { settings: LabConfig; seeds: Readonly<Record<string, number[]>> }>
>;

describe.each(Object.keys(algorithms) as Algorithm[])('%s', (algorithm) => {
	test('was measured with the defaults that it has', () => {
		const { settings, seeds } = measured[algorithm];
		expect({ ...settings, seed: 1 }, 'run node tools/tenSeeds.js').toEqual(
			labConfig({ algorithm, seed: 1 })
		);
		const { maxSteps, evalSteps } = settings;
		expect(Object.keys(seeds)).toHaveLength(10);
		for (const tests of Object.values(seeds)) expect(tests).toHaveLength(1 + maxSteps / evalSteps);
	});

	test('reaches its level on nine seeds of ten, above where any of them began', () => {
		const { level, holds, seeds, before } = provenLevel(algorithm)!;
		expect(holds).toBeGreaterThanOrEqual(0.9 * seeds);
		expect(level).toBeGreaterThan(before[1]);
	});
});

test('the level is the highest multiple of 0.05 that nine of ten hold at the end', () => {
	const seeds = Object.fromEntries(
		[0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76, 0.77, 0.78, 0.1].map((end, i) => [i, [0.2, 0.9, end]])
	);
	const proven = provenLevel('grpo', { grpo: { settings: {}, seeds } })!;
	expect(proven).toMatchObject({ holds: 9, seeds: 10, before: [0.2, 0.2] });
	expect(proven.level).toBeCloseTo(0.7, 12);
	expect(provenLevel('grpo', {})).toBeUndefined();
	expect(tellLevel('grpo')).toMatch(/^With its defaults \(6 digits to sort\) at least \d\d % of/);
});
