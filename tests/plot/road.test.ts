// @vitest-environment node
import fc from 'fast-check';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Road from '$plot/Road.svelte';

const draw = (props: Record<string, unknown> = {}) =>
	render(Road, {
		props: {
			cars: [
				{ name: 'M', x: 350, y: 0, role: 'a', controlled: true, note: '30 m/s' },
				{ name: 'R', x: 380, y: 4, role: 'b', crashed: true }
			],
			from: 300,
			to: 480,
			ramp: (x: number) => (x > 320 ? 4 : 10),
			zone: { start: 320, end: 420 },
			label: 'A scene',
			...props
		} as never
	}).body;

test('each car carries its name and note; a crash is a cross, the end of the lane is named', () => {
	const body = draw();
	expect(body).toContain('M 30 m/s');
	expect(body).toContain('>R<');
	expect(body.match(/class="crash/g)).toHaveLength(1);
	expect(body).toContain('lane ends');
	expect(body).toContain('aria-label="A scene"');
});

test('cars outside the stretch are not drawn, nor is an end of the lane that is out of view', () => {
	const body = draw({ from: 500, to: 680 });
	expect(body).not.toContain('30 m/s');
	expect(body).not.toContain('lane ends');
});

test('no stretch, however short or far along, breaks a number', () => {
	fc.assert(
		fc.property(
			fc.double({ min: -100, max: 2000, noNaN: true }),
			fc.double({ min: 5, max: 900, noNaN: true }),
			(from, span) => {
				expect(draw({ from, to: from + span })).not.toMatch(/NaN|Infinity|undefined/);
			}
		),
		{ seed: 1, numRuns: 60 }
	);
});
