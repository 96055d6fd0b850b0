// @vitest-environment node
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Param, Value } from '../../src/widgets/contract';
import Control from '../../src/ui/Control.svelte';

const HOSTILE = '<img src=x onerror="alert(1)"> & "β"';
const id = 'cobweb.beta';

const params = {
	range: { type: 'range', label: 'Penalty', min: 0, max: 1, step: 0.01, default: 0.04 },
	log: { type: 'range', scale: 'log', label: 'Rate', min: 1e-6, max: 1, step: 1e-6, default: 1e-3 },
	stepper: { type: 'stepper', label: 'Rounds', min: 2, max: 60, step: 2, default: 60 },
	choice: {
		type: 'choice',
		label: 'Divide',
		options: { group: 'group', none: 'none' },
		default: 'none'
	},
	list: {
		type: 'choice',
		label: 'Variant',
		options: { a: 'divide, KL to the reference', b: 'mean only, no division at all' },
		default: 'b'
	},
	switch: { type: 'switch', label: 'Whiten', default: true },
	vector: {
		type: 'vector',
		label: 'Rewards',
		item: 'reward',
		default: [1, 0, -0.5],
		min: -1,
		max: 1,
		step: 0.5,
		minLength: 1,
		maxLength: 3
	},
	text: { type: 'text', label: 'Answer', default: '<answer>4</answer>', maxLength: 80 },
	lines: { type: 'text', label: 'Output', default: 'a\nb', maxLength: 80, lines: 3 },
	ranking: { type: 'ranking', label: 'Voter 1', items: ['A', 'B', 'C'], default: [2, 0, 1] },
	points: {
		type: 'points',
		label: 'Cities',
		item: 'city',
		default: [0, 1, 2, 3.5],
		min: 0,
		max: 10,
		step: 0.5,
		minLength: 2,
		maxLength: 4
	}
} as const satisfies Record<string, Param>;

const html = (
	param: Param,
	props: { value?: Value; disabled?: boolean; describedby?: string } = {}
) =>
	render(Control, {
		props: { id, param, value: param.default, onchange: () => {}, ...props }
	}).body.replace(/<!--.*?-->/g, '');

const tags = (body: string, name: string) => body.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [];

const KINDS = Object.entries(params);

describe.each(KINDS)('a %s', (_, param: Param) => {
	const body = html(param);
	const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);

	it('carries the name that formulas link to', () => {
		expect(tags(body, 'div')[0]).toContain(`data-param="${id}"`);
	});

	it('has its name tied to its element', () => {
		const label = body.match(/<label[^>]*for="([^"]*)"/)?.[1];
		const labelledby = body.match(/aria-labelledby="([^"]*)"/)?.[1];
		expect(ids).toContain(label ?? labelledby);
	});

	it('refers only to ids that it has, each of them once', () => {
		const references = [
			...body.matchAll(/(?:for|describedby|labelledby|popovertarget)="([^"]*)"/g)
		].flatMap(([, list]) => list.split(' '));
		expect(references.filter((reference) => !ids.includes(reference))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is disabled as a whole', () => {
		const elements = (body: string) =>
			['input', 'select', 'textarea', 'button'].flatMap((name) => tags(body, name));
		const off = elements(html(param, { disabled: true }));
		expect(off.length).toBeGreaterThan(0);
		for (const tag of off) expect(tag).toMatch(/\sdisabled/);
		for (const tag of elements(body)) expect(tag).not.toMatch(/\sdisabled/);
	});

	it('is described by what the page says about it', () => {
		expect(html(param, { describedby: 'elsewhere' })).toMatch(/aria-describedby="elsewhere\b/);
	});

	it('shows words as words', () => {
		const hostile = {
			...param,
			label: HOSTILE,
			symbol: HOSTILE,
			help: HOSTILE,
			unit: HOSTILE,
			item: HOSTILE,
			library: { trl: HOSTILE, verl: HOSTILE },
			...('options' in param && { options: { [HOSTILE]: HOSTILE, b: 'b' }, default: HOSTILE })
		} as unknown as Param;
		const body = html(hostile);
		expect(body).toContain('&lt;img');
		expect(body).not.toContain('<img');
		// Inside an attribute a quote would end it.
		expect(body).not.toMatch(/="[^"]*" alert|" onerror="/);
	});
});

describe('a range', () => {
	it('says its value with its unit', () => {
		const unit = { ...params.range, unit: 'nats', min: -1 };
		expect(html(unit, { value: -0.25 })).toContain('aria-valuetext="−0.25 nats"');
		expect(html(unit)).toContain('aria-label="Penalty, exact value in nats"');
	});

	it('stands at a place of its own on a log scale', () => {
		const [slider] = tags(html(params.log), 'input');
		expect(slider).toContain('max="200"');
		expect(slider).toContain('value="100"');
		expect(slider).toContain('aria-valuetext="0.001"');
	});

	it('comes first for the keyboard, its box next, its help last', () => {
		const body = html({ ...params.range, help: 'Holds.', library: { trl: 'beta' } });
		const places = ['type="range"', 'type="text"', 'aria-label="About Penalty"'].map((part) =>
			body.indexOf(part)
		);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places[0]).toBeGreaterThan(0);
		expect(body).toContain('TRL: <code');
	});

	it('has a “?” only where there is something to say', () => {
		expect(html(params.range)).not.toContain('popover');
	});
});

describe('the others', () => {
	it('keep a button that has nowhere to go in reach', () => {
		const [lower, raise] = tags(html(params.stepper), 'button');
		expect(lower).toContain('aria-disabled="false"');
		expect(raise).toContain('aria-disabled="true"');
	});

	it('check the chosen option, side by side or in a list', () => {
		const checked = tags(html(params.choice), 'input').filter((tag) => /\schecked/.test(tag));
		expect(checked).toHaveLength(1);
		expect(checked[0]).toContain('value="none"');
		const selected = tags(html(params.list), 'option').filter((tag) => /\sselected/.test(tag));
		expect(selected).toHaveLength(1);
		expect(selected[0]).toContain('value="b"');
	});

	it('are a switch that is on', () => {
		expect(tags(html(params.switch), 'input')[0]).toMatch(/role="switch".*\schecked/);
	});

	it('number the items of a list', () => {
		const labels = tags(html(params.vector), 'input').map(
			(tag) => /aria-label="([^"]*)"/.exec(tag)?.[1]
		);
		expect(labels).toEqual(['reward 1', 'reward 2', 'reward 3']);
		expect(tags(html(params.vector), 'input')[2]).toContain('value="−0.5"');
	});

	it('offer to add and remove only where a list can grow and shrink', () => {
		expect(html(params.vector)).toContain('Add one more reward');
		expect(html({ ...params.vector, minLength: 3 } as Param)).not.toContain('Add one more reward');
	});
});

describe('a symbol', () => {
	it.each([
		['β', /<var[^>]*>β<\/var>/],
		['p_ref', /<var[^>]*>p<sub[^>]*>\u200aref<\/sub><\/var>/],
		['ω^+', /<var[^>]*>ω<sup[^>]*>\u200a\+<\/sup><\/var>/],
		['π_θ^old', /<sub[^>]*>\u200aθ<\/sub><sup[^>]*>\u200aold<\/sup>/]
	])('%s', (symbol, expected) => {
		expect(html({ ...params.range, symbol })).toMatch(expected);
	});
});
