import fc from 'fast-check';
import { sampleCorrelation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';

const draw = (seed: number, n: number) => {
	const stream = createStream(seed);
	return Array.from({ length: n }, () => stream.uniform());
};

describe('createStream', () => {
	test.each([
		[0, 0.2057643415931245],
		[1, 0.0432719179083777],
		[2, 0.7902241013928574]
	])('seed %i starts with the same number everywhere', (seed, first) => {
		expect(createStream(seed).uniform()).toBe(first);
	});

	test('numbers lie in [0, 1)', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
				for (const x of draw(seed, 20)) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThan(1);
				}
			}),
			{ seed: 1 }
		);
	});

	test('the first numbers of neighbouring seeds do not follow each other', () => {
		const firsts = Array.from({ length: 2000 }, (_, seed) => createStream(seed).uniform());
		// Five standard errors of a correlation of 2,000 independent pairs: 5/√2000.
		expect(Math.abs(sampleCorrelation(firsts.slice(1), firsts.slice(0, -1)))).toBeLessThan(0.112);
	});

	test('uniform numbers are uniform: Kolmogorov–Smirnov at the 0.1 % level', () => {
		const xs = draw(3, 10_000).sort((a, b) => a - b);
		const distance = Math.max(...xs.map((x, i) => Math.abs(x - (i + 0.5) / xs.length)));
		expect(distance).toBeLessThan(1.95 / Math.sqrt(xs.length));
	});

	test.each([-1, 1.5, NaN, 2 ** 32])('seed %s is refused', (seed) => {
		expect(() => createStream(seed)).toThrow(RangeError);
	});
});

describe('int', () => {
	test('gives each number of a die its share: χ² with 5 degrees of freedom at the 0.1 % level', () => {
		const stream = createStream(4);
		const counts = [0, 0, 0, 0, 0, 0];
		for (let i = 0; i < 60_000; i++) counts[stream.int(6)]++;
		const chi2 = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
		expect(chi2).toBeLessThan(20.52);
	});

	test.each([0, -1, 2.5, NaN])('%s is refused', (n) => {
		expect(() => createStream(1).int(n)).toThrow(RangeError);
	});
});

describe('split', () => {
	test('does not depend on what was drawn before', () => {
		const fresh = createStream(5);
		const used = createStream(5);
		for (let i = 0; i < 10; i++) used.uniform();
		expect(used.split('part').uniform()).toBe(fresh.split('part').uniform());
	});

	test('gives each label a stream of its own', () => {
		const parent = createStream(6);
		const firsts = Array.from({ length: 1000 }, (_, i) => parent.split(i).uniform());
		expect(new Set(firsts).size).toBe(1000);
		expect(parent.split(1).uniform()).toBe(parent.split('1').uniform());
		expect(firsts[0]).not.toBe(createStream(6).uniform());
	});
});
