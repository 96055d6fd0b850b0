// @vitest-environment node
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { AxisSpec } from '../../src/plot/axis';
import Bars from '../../src/plot/Bars.svelte';
import Cobweb from '../../src/plot/Cobweb.svelte';
import Heat from '../../src/plot/Heat.svelte';
import Label from '../../src/plot/Label.svelte';
import { layOut } from '../../src/plot/layout';
import Line from '../../src/plot/Line.svelte';
import Points from '../../src/plot/Points.svelte';
import Rule from '../../src/plot/Rule.svelte';
import StackedBars from '../../src/plot/StackedBars.svelte';
import Stem from '../../src/plot/Stem.svelte';
import { corners } from './corners';
import OneMark from './OneMark.svelte';

const unit: AxisSpec = { label: '', domain: [0, 1] };
const signed: AxisSpec = { label: '', domain: [-2, 2] };
const band = (count: number): AxisSpec => ({ label: '', scale: 'band', domain: [0, count - 1] });

/** What a mark adds to the axes: its markup, and where the axes put values. */
function draw<P extends object>(
	mark: Component<P & Record<string, unknown>>,
	props: NoInfer<P>,
	x: AxisSpec,
	y: AxisSpec
) {
	const { body } = render(OneMark as unknown as Component<Record<string, unknown>>, {
		props: { mark, props, x, y }
	});
	const { x: atX, y: atY } = layOut(x, y, 640, 380);
	const html = body.slice(body.lastIndexOf('</g>', body.indexOf('clip-path=')));
	const paths = [...html.matchAll(/<path\b[^>]*? d="([^"]*)"[^>]*>/g)].map(([tag, d]) => ({
		tag,
		d
	}));
	return { body, paths, atX, atY };
}

const numbers = (d: string) => (d.match(/-?[\d.]+/g) ?? []).map(Number);
/** Places are written in tenths. */
const near = (place: number) => expect.closeTo(place, 0.5);

describe('Line', () => {
	it('goes through the points, dashed as its role is', () => {
		const series = { x: [0, 0.5, 1], y: [0, NaN, 1] };
		const { paths, atX, atY } = draw(Line, { series, role: 'reference' }, unit, unit);
		expect(numbers(paths[0].d.replaceAll('h0', ''))).toEqual(
			[atX(0), atY(0), atX(1), atY(1)].map(near)
		);
		expect(paths[0].tag).toContain('stroke-dasharray="13 6"');
		expect(paths[0].tag).toContain('var(--role-reference)');
	});

	it('can be given a dash of its own, or none', () => {
		const series = { x: [0, 1], y: [0, 1] };
		const tag = (dash: string) =>
			draw(Line, { series, role: 'theory', dash }, unit, unit).paths[0].tag;
		expect(tag('1 1')).toContain('stroke-dasharray="1 1"');
		expect(tag('')).not.toContain('stroke-dasharray');
	});
});

describe('Bars', () => {
	it('fills what is positive upward and hatches what is negative downward', () => {
		const { body, paths, atY } = draw(Bars, { values: [1, -1.5] }, band(2), signed);
		const [up, down] = paths.map(({ tag }) => tag).filter((tag) => tag.includes('clip-path'));
		expect(body).toContain('rotate(45)');
		const bars = [...body.matchAll(/d="(M[\d.]+,[\d.]+V[\d.]+H[\d.]+V[\d.]+Z)"/g)].map(([, d]) =>
			numbers(d)
		);
		expect(bars.map(([, from, to]) => [from, to])).toEqual([
			[near(atY(0)), near(atY(1))],
			[near(atY(0)), near(atY(-1.5))]
		]);
		expect(atY(1)).toBeLessThan(atY(-1.5));
		expect(up).toContain('--role-success');
		expect(down).toContain('--role-failure');
	});

	it('lies where y is the band axis', () => {
		const { body, atX } = draw(Bars, { values: [0.25, 1], role: 'a' }, unit, band(2));
		const [d] = body.match(/M[\d.]+,[\d.]+H[\d.]+V[\d.]+H[\d.]+ZM/) ?? [];
		expect(numbers(d ?? '').filter((_, i) => i === 0 || i === 2)).toEqual([
			near(atX(0)),
			near(atX(0.25))
		]);
	});

	it('stands beside another set without overlap', () => {
		const edges = (k: number) => {
			const { body } = draw(Bars, { values: [1], role: 'a', beside: [k, 2] }, band(1), unit);
			const [left, , , right] = numbers(body.match(/M[\d.]+,[\d.]+V[\d.]+H[\d.]+/)?.[0] ?? '');
			return [left, right];
		};
		expect(edges(0)[1]).toBe(edges(1)[0]);
		expect(edges(1)[1]).toBeGreaterThan(edges(1)[0]);
	});
});

describe('StackedBars', () => {
	it('starts each layer where the one before of the same sign ends', () => {
		const layers = [
			{ role: 'policy' as const, values: [0.5] },
			{ role: 'failure' as const, values: [-1] },
			{ role: 'kl' as const, values: [0.75] }
		];
		const { body, atY } = draw(StackedBars, { layers }, band(1), signed);
		const bars = [...body.matchAll(/d="(M[\d.]+,[\d.]+V[\d.]+H[\d.]+V[\d.]+Z)"/g)];
		expect(bars.map(([, d]) => numbers(d).slice(1, 3))).toEqual([
			[near(atY(0)), near(atY(0.5))],
			[near(atY(0)), near(atY(-1))],
			[near(atY(0.5)), near(atY(1.25))]
		]);
	});
});

describe('Points', () => {
	it('draws those within the axes, in one path', () => {
		const series = { x: [0.2, 0.4, 5, NaN], y: [0.2, 0.4, 0.5, 0.5] };
		const { body } = draw(Points, { series }, unit, unit);
		expect(body.match(/h0/g)).toHaveLength(2);
	});

	it('has a shape for the role, hollow where asked', () => {
		const series = { x: [0.5], y: [0.5] };
		const one = (props: object) => draw(Points, { series, ...props }, unit, unit).body;
		expect(one({ role: 'reference' })).toContain('fill: var(--role-reference)');
		expect(one({ role: 'policy', hollow: true })).toMatch(/class="[^"]*hollow/);
		expect(one({ role: 'policy', hollow: true })).not.toContain('fill: var(--role-policy)');
	});
});

describe('Heat', () => {
	const cells = (html: string) => [
		...html.matchAll(/<path d="((?:M[^M"]*Z)+)" fill="(rgb|oklch)([^"]*)"/g)
	];

	it('leaves what is missing blank, and draws equal values as one path', () => {
		const values = [
			[0, 1, NaN],
			[1, Infinity, 0]
		];
		const { body } = draw(Heat, { values, legend: 'value', digits: 0 }, band(3), band(2));
		const drawn = cells(body);
		expect(drawn.map(([, d]) => d.match(/M/g)?.length)).toEqual([2, 2]);
		expect(body.match(/<text class="value/g)).toHaveLength(4);
	});

	it('centres the diverging ramp at zero', () => {
		const values = [[-0.5, 0, 1]];
		const props = { values, legend: '', ramp: 'diverging' as const };
		const colors = cells(draw(Heat, props, band(3), band(1)).body).map(([, , , rest]) => rest);
		expect(colors).toHaveLength(3);
		expect(colors[1]).toMatch(/^\(0\.985 0\.000/);
	});

	it('shows what its colours mean, unless told not to', () => {
		const of = (legend: string) =>
			draw(Heat, { values: [[0, 0.93]], legend }, band(2), band(1)).body;
		expect(of('score')).toMatch(/linearGradient[\s\S]*score\u00a0 0<[\s\S]*>1</);
		expect(of('')).not.toContain('linearGradient');
	});
});

describe('Cobweb', () => {
	it('steps from p0 to the curve, across to the diagonal, and on', () => {
		const orbit = [0.1, 0.36, 0.92];
		const map = { x: [0, 1], y: [0, 1] };
		const { body, atX, atY } = draw(Cobweb, { orbit, map }, unit, unit);
		const group = body.match(/<g class="orbit[\s\S]*?<\/g>/)?.[0] ?? '';
		const steps = [...group.matchAll(/ d="(M[^"]*)"/g)].map(([, d]) => corners(d).flat(2));
		const turns = steps.flatMap((step, i) => (i === 0 ? step : step.slice(2)));
		expect(turns.slice(0, 8)).toEqual(
			[atX(0.1), atY(0), atX(0.1), atY(0.36), atX(0.36), atY(0.36), atX(0.36), atY(0.92)].map(near)
		);
	});
});

describe('Stem', () => {
	it('rises from 0 to each value', () => {
		const { body, atX, atY } = draw(Stem, { series: { x: [1], y: [-1] } }, signed, signed);
		const [, d] = body.match(/d="(M[\d.]+,[\d.]+V[\d.]+)" clip-path/) ?? [];
		expect(numbers(d ?? '')).toEqual([atX(1), atY(0), atY(-1)].map(near));
	});
});

describe('Rule and Label', () => {
	it('stand at their value, and nowhere if that is off the axes', () => {
		const html = (props: { x?: number; y?: number }) =>
			draw(Rule, { ...props, label: 'limit' }, unit, unit).body;
		expect(html({ y: 0.5 })).toContain('limit');
		expect(html({ x: 0.5 })).toContain('limit');
		expect(html({ y: 1.5 })).not.toContain('limit');
		expect(html({ x: -1 })).not.toContain('limit');
		const label = (x: number) =>
			draw(Label, { x, y: 0.5, text: 'a < b', role: 'kl' as const }, unit, unit).body;
		expect(label(0.5)).toContain('a &lt; b');
		expect(label(2)).not.toContain('a &lt; b');
	});
});
