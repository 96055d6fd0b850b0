import { expect, test } from 'vitest';
import { passAtK } from '../../../src/kernels/test-time/passAtK';
import reference from '../../reference/passAtK.json';

const [section] = reference.sections;
const { rtol, atol } = section.tolerance;

function near(got: number, want: number) {
	expect(Math.abs(got - want)).toBeLessThanOrEqual(atol + rtol * Math.abs(want));
}

for (const entry of section.cases) {
	test(`human-eval: ${entry.name}`, () => {
		const { n, c, k } = entry.inputs;
		if (entry.name === 'length mismatch') {
			// one problem a call here, so lists cannot disagree; a count above n is the nearest fault
			expect(() => passAtK(10, 11, k)).toThrow('c must be');
		} else if (Array.isArray(n) && Array.isArray(c) && Array.isArray(entry.outputs)) {
			for (const [i, want] of entry.outputs.entries()) near(passAtK(n[i], c[i], k), want);
		} else if (entry.outputs && 'human_eval' in entry.outputs) {
			const got = passAtK(n as number, c as number, k, { overdraw: 'human-eval' });
			near(got, entry.outputs.human_eval);
		} else {
			expect.unreachable('a case of unknown form');
		}
	});
}

test('16 tries, 4 right, pick 2', () => {
	expect(passAtK(16, 4, 2)).toBeCloseTo(0.45, 12);
});

test('it is the share of k-subsets with a right try, counted one by one', () => {
	for (let n = 1; n <= 7; n++) {
		for (let c = 0; c <= n; c++) {
			for (let k = 1; k <= n; k++) {
				let subsets = 0;
				let hits = 0;
				for (let mask = 0; mask < 1 << n; mask++) {
					let size = 0;
					for (let i = 0; i < n; i++) size += (mask >> i) & 1;
					if (size !== k) continue;
					subsets++;
					if (mask & ((1 << c) - 1)) hits++;
				}
				// a product of at most seven factors
				expect(passAtK(n, c, k)).toBeCloseTo(hits / subsets, 12);
			}
		}
	}
});

test('more tries than there are: refused, unless human-eval is asked for', () => {
	expect(() => passAtK(5, 0, 7)).toThrow('k must be at most n = 5');
	expect(passAtK(5, 0, 7, { overdraw: 'human-eval' })).toBe(1);
});

test('bad counts are named', () => {
	expect(() => passAtK(0, 0, 1)).toThrow('n must be');
	expect(() => passAtK(5, -1, 1)).toThrow('c must be');
	expect(() => passAtK(5, 2.5, 1)).toThrow('c must be');
	expect(() => passAtK(5, 2, 0)).toThrow('k must be');
});
