import { describe, expect, it } from 'vitest';
import { nearest, readingsAt } from '../../src/plot/readings';

describe('nearest', () => {
	it('finds the position of the nearest finite number, the first of equals', () => {
		expect(nearest([0, 10, 20], 14)).toBe(1);
		expect(nearest([0, 10, 20], 5)).toBe(0);
		expect(nearest([NaN, 3], 0)).toBe(1);
		expect(nearest([], 0)).toBe(-1);
		expect(nearest([NaN], 0)).toBe(-1);
	});
});

describe('readingsAt', () => {
	const line = { x: [0, 10, 20], y: [0.1, 0.394, -0.5] };

	it('reads each line at its own nearest point', () => {
		const readings = readingsAt(
			[
				{ series: line, label: 'theory', role: 'theory', digits: 2 },
				{ series: { x: [12], y: [50] }, label: 'accuracy', role: 'policy', digits: 0, unit: '%' },
				{ series: { x: [12], y: [1] }, label: 'KL', role: 'kl', digits: 1, unit: 'nats' }
			],
			10
		);
		expect(readings.map(({ label, x, text }) => [label, x, text])).toEqual([
			['theory', 10, '0.39'],
			['accuracy', 12, '50%'],
			['KL', 12, '1.0 nats']
		]);
	});

	it('reads the band where it has one', () => {
		const band = { low: [0, 0.35, NaN], high: [0.2, 0.44, NaN], runs: 20 };
		const lines = [{ series: { ...line, band }, label: 'sampled', role: 'a' as const, digits: 2 }];
		expect(readingsAt(lines, 10)[0]).toMatchObject({ range: '0.35 to 0.44', runs: 20 });
		expect(readingsAt(lines, 20)[0]).toMatchObject({ text: '−0.50', range: '' });
	});

	it('leaves out a line without points', () => {
		expect(readingsAt([{ series: { x: [], y: [] }, label: 'a', role: 'a' }], 0)).toEqual([]);
	});
});
