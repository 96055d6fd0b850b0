// @vitest-environment node
import fc from 'fast-check';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { AxisSpec } from '../../src/plot/axis';
import { extent } from '../../src/plot/extent';
import EveryMark from './EveryMark.svelte';
import Lesson from './Lesson.svelte';

const text = (html: string) =>
	html
		.replace(/<!--.*?-->/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');

describe('a plot', () => {
	const { body } = render(Lesson);

	it('names its axes with their units, below and above', () => {
		expect(text(body)).toContain('iteration');
		expect(text(body)).toContain('share &lt;b>&amp; (%)');
		expect(body).not.toContain('<b>&');
	});

	it('is one image with a name and a description', () => {
		expect(body).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Reward &amp; time"/);
		const described = body.match(/aria-describedby="([^"]+)"/)?.[1];
		expect(body).toContain(`<desc id="${described}">The reward rises.</desc>`);
	});

	it('has a fixed viewBox and never a measured size', () => {
		expect(body).toContain('viewBox="0 0 640 380"');
	});

	it('draws the band under its line, each as one path', () => {
		const paths = [...body.matchAll(/<path d="(M[^"]*)"[^>]*clip-path/g)].map(([, d]) => d);
		expect(paths).toHaveLength(3);
		expect(paths.map((d) => d.endsWith('Z'))).toEqual([false, true, false]);
	});

	it('has a legend that is a list, with how each quantity came about', () => {
		expect(body.match(/<li/g)).toHaveLength(2);
		expect(text(body)).toMatch(/theory ?exact/);
		expect(text(body)).toMatch(/policy ?sampled, 20 seeds/);
	});

	it('says what the crosshair reads', () => {
		expect(body).toContain('aria-label="Read values along iteration"');
		expect(body).toContain(
			'aria-valuetext="iteration 12: theory 0.41, sampled 0.39 (0.35 to 0.44 over 20 seeds)"'
		);
	});

	it('uses each id once and none that is missing', () => {
		const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const used = [...body.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
		expect(used.length).toBeGreaterThan(0);
		for (const id of used) expect(ids).toContain(id);
	});

	it('is the same every time', () => {
		expect(render(Lesson).body).toBe(body);
	});

	it('keeps its place when only the data’s name changes', () => {
		const areas = (html: string) => html.match(/<clipPath.*?<\/clipPath>/s)?.[0];
		expect(areas(render(Lesson, { props: { name: 'another' } }).body)).toBe(areas(body));
	});
});

describe('every mark', () => {
	const wild = fc.oneof(
		{ weight: 4, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
		{
			weight: 1,
			arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, -1, 1e300, -1e300, 5e-324, 1e15)
		},
		{ weight: 1, arbitrary: fc.double() }
	);
	const lists = fc.tuple(
		fc.array(wild, { maxLength: 8 }),
		fc.array(wild, { maxLength: 8 }),
		fc.boolean()
	);
	const scales = fc.constantFrom('linear' as const, 'log' as const, 'band' as const);
	const draw = (xs: number[], ys: number[], band: boolean, x: AxisSpec, y: AxisSpec) =>
		render(EveryMark, {
			props: {
				x,
				y,
				series: { x: xs, y: ys, band: band ? { low: ys, high: xs, runs: 3 } : undefined }
			}
		}).body;
	/** Attributes of drawings; words such as "no value" stand in aria attributes and text only. */
	const drawn = (html: string) =>
		[...html.matchAll(/ (?!aria-)[\w-]+="([^"]*)"/g)].map(([, value]) => value);

	it('never draws NaN, Infinity or undefined, whatever the data and the axes', () => {
		fc.assert(
			fc.property(
				lists,
				scales,
				scales,
				wild,
				wild,
				([xs, ys, band], xScale, yScale, low, high) => {
					const series = [{ x: xs, y: ys }];
					const html = draw(
						xs,
						ys,
						band,
						{ label: 'x', scale: xScale, domain: extent(series, { of: 'x' }) },
						{ label: 'y', scale: yScale, domain: [low, high], nice: band }
					);
					for (const value of drawn(html)) expect(value).not.toMatch(/NaN|Infinity|undefined|null/);
				}
			),
			{ seed: 1, numRuns: 300 }
		);
	});

	it.each([
		['empty', [], []],
		['one point', [0.5], [0.5]],
		['a constant', [0, 1, 2], [0.3, 0.3, 0.3]],
		['all missing', [NaN, NaN], [NaN, NaN]]
	])('draws %s without fault, and twice the same', (_, xs, ys) => {
		const axis: AxisSpec = { label: 'axis', domain: [0, 1] };
		const html = draw(xs, ys, false, axis, axis);
		expect(html).toContain('<svg');
		expect(drawn(html).join(' ')).not.toMatch(/NaN|Infinity|undefined/);
		expect(draw(xs, ys, false, axis, axis)).toBe(html);
	});
});

describe('category names', () => {
	it('are all drawn, spread over rows on a phone', () => {
		const categories = ['MATH-500', 'AIME 2024', 'GSM8K', 'OlympiadBench', 'Minerva'];
		const html = render(EveryMark, {
			props: {
				x: { label: 'task', scale: 'band', categories },
				y: { label: 'solved', domain: [0, 1] },
				series: { x: [], y: [] }
			}
		}).body;
		expect(html).toContain('--narrow: 1');
		for (const name of categories) expect(html).toContain(`>${name}<`);
	});
});
