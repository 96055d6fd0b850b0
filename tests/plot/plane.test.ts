// @vitest-environment node
import fc from 'fast-check';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { layOutPlane } from '../../src/plot/layOutPlane';
import { corners } from './corners';
import OnePlane from './OnePlane.svelte';

describe('the plane', () => {
	const extent = fc
		.tuple(
			fc.double({ min: -1e5, max: 1e5, noNaN: true }),
			fc.double({ min: 0.1, max: 1e5, noNaN: true })
		)
		.map(([low, span]) => [low, low + span] as const);

	it('has units as long upwards as sideways, and room for both extents', () => {
		fc.assert(
			fc.property(extent, extent, fc.integer({ min: 200, max: 1000 }), (x, y, width) => {
				const plane = layOutPlane(x, y, width);
				const right = plane.x(x[0] + 0.01) - plane.x(x[0]);
				const up = plane.y(y[0]) - plane.y(y[0] + 0.01);
				// places are about 1e3 user units of a domain up to 1e7 wide
				expect(Math.abs(right - up)).toBeLessThan(1e-6);
				for (const at of x) {
					expect(plane.x(at)).toBeGreaterThan(plane.left - 1e-6);
					expect(plane.x(at)).toBeLessThan(plane.right + 1e-6);
				}
				for (const at of y) {
					expect(plane.y(at)).toBeGreaterThan(plane.top - 1e-6);
					expect(plane.y(at)).toBeLessThan(plane.bottom + 1e-6);
				}
				expect(plane.height).toBeLessThanOrEqual(width);
				expect(plane.x.invert(plane.x(x[1]))).toBeCloseTo(x[1], 5);
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	it('puts what has no extent in the middle', () => {
		const plane = layOutPlane([3, 3], [5, 5], 400);
		expect(plane.x(3)).toBeCloseTo(200, 9);
		expect(plane.y(5)).toBeCloseTo((plane.top + plane.bottom) / 2, 9);
		const flat = layOutPlane([0, 10], [5, 5], 400);
		expect(flat.y(5)).toBeCloseTo((flat.top + flat.bottom) / 2, 9);
	});
});

describe('a map of movable places', () => {
	const { body } = render(OnePlane);

	it('are buttons beside the image, each with its name and place, one of them a tab stop', () => {
		expect(body).toMatch(/<svg[^>]*role="img"[^>]*aria-label="A map"/);
		expect(body.match(/<button/g)).toHaveLength(3);
		expect(body.match(/tabindex="0"/g)).toHaveLength(1);
		expect(body.match(/tabindex="-1"/g)).toHaveLength(2);
		expect(body).toContain('aria-label="city 2 at 10, 0"');
		expect(body.indexOf('</svg>')).toBeLessThan(body.indexOf('<button'));
	});

	it('stand where the drawing has them', () => {
		const { x, y, height } = layOutPlane([0, 10], [0, 5], 400);
		const left = Number(((100 * x(10)) / 400).toFixed(2));
		const top = Number(((100 * y(0)) / height).toFixed(2));
		expect(body).toContain(`left: ${left}%; top: ${top}%`);
	});

	it('draws a route through its places and back, and none where the order is empty', () => {
		const { x, y } = layOutPlane([0, 10], [0, 5], 400);
		const at = (i: number, j: number) => [x(i), y(j)].map((place) => Math.round(10 * place) / 10);
		const [, route] = / d="(M[^"]*)"/.exec(body) ?? [];
		expect(corners(route ?? '')).toEqual([[at(0, 0), at(5, 5), at(10, 0), at(0, 0)]]);
		expect(body).toContain('d=""');
	});
});
