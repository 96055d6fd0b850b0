// @vitest-environment node
import fc from 'fast-check';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { fromSimplex, HEIGHT, onSimplex } from '../../src/plot/onSimplex';
import { corners } from './corners';
import OneSimplex from './OneSimplex.svelte';

const distribution = fc
	.tuple(
		fc.double({ min: 0.001, max: 1, noNaN: true }),
		fc.double({ min: 0.001, max: 1, noNaN: true }),
		fc.double({ min: 0.001, max: 1, noNaN: true })
	)
	.map((weights) => {
		const total = weights[0] + weights[1] + weights[2];
		return weights.map((weight) => weight / total);
	});

describe('places on the simplex', () => {
	it('corners are one unit apart, the middle is the uniform distribution', () => {
		const { x, y } = onSimplex([
			[1, 0, 0],
			[0, 1, 0],
			[0, 0, 1],
			[1 / 3, 1 / 3, 1 / 3]
		]);
		expect(x.slice(0, 3)).toEqual([0, 1, 0.5]);
		expect(y.slice(0, 3)).toEqual([0, 0, HEIGHT]);
		expect(x[3]).toBeCloseTo(0.5, 12);
		expect(y[3]).toBeCloseTo(Math.sqrt(3) / 6, 12);
	});

	it('there and back is where one was', () => {
		fc.assert(
			fc.property(distribution, (policy) => {
				const { x, y } = onSimplex([policy]);
				fromSimplex(x[0], y[0]).forEach((p, i) => expect(p).toBeCloseTo(policy[i], 12));
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	it('a point outside gives a distribution all the same', () => {
		expect(fromSimplex(-1, 0)).toEqual([1, 0, 0]);
		const [a, b, c] = fromSimplex(0.5, -0.4);
		expect(a + b + c).toBeCloseTo(1, 12);
		expect(c).toBe(0);
		expect(a).toBeCloseTo(b, 12);
	});
});

describe('the simplex', () => {
	const { body } = render(OneSimplex, {
		props: {
			policies: [
				[1, 0, 0],
				[0, 1, 0]
			]
		}
	});

	it('is one image with a name and a description, its corners named', () => {
		expect(body).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Policies"/);
		expect(body).toContain('From A to B.');
		expect([...body.matchAll(/<text[^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual([
			'A',
			'B',
			'C'
		]);
	});

	it('draws a path from corner to corner along the lower side', () => {
		const paths = [...body.matchAll(/ d="(M[^"]*)"/g)].map(([, d]) => d);
		const [sides] = corners(paths[1]);
		const [line] = corners(paths[2]);
		expect(line).toEqual(sides.slice(0, 2));
		expect(line[0][1]).toBe(line[1][1]);
	});
});
