import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSettings, writeSettings } from '../../src/player/address';
import {
	applyValues,
	decodeState,
	encodeState,
	sameState,
	startState,
	type FigureState
} from '../../src/player/figureState';
import type { Values } from '../../src/widgets/contract';
import { coinSpec } from './coinSpec';

const start = startState(coinSpec) as FigureState<typeof coinSpec.params>;

describe('state in an address', () => {
	test('the start state writes its version only', () => {
		expect(encodeState(coinSpec, start)).toEqual({ v: '2' });
	});

	test('what is written is read back', () => {
		fc.assert(
			fc.property(
				fc.record({
					p: fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p || 0),
					tosses: fc.integer({ min: 1, max: 500 }),
					seed: fc.integer({ min: 0, max: 0xffffffff }),
					band: fc.boolean(),
					compared: fc.boolean(),
					otherP: fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p || 0)
				}),
				({ p, tosses, seed, band, compared, otherP }) => {
					const values = { ...start.values, p, tosses };
					const state = {
						values,
						seed,
						band,
						...(compared && { other: { ...values, p: otherP } })
					};
					const { state: read, notices } = decodeState(coinSpec, encodeState(coinSpec, state));
					expect(notices).toEqual([]);
					expect(sameState(read, state)).toBe(true);
				}
			),
			{ seed: 1 }
		);
	});

	test('no settings at all break it, and the state always fits the schema', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.string()), (settings) => {
				const { state, notices } = decodeState(coinSpec, settings);
				expect(Object.keys(state.values)).toEqual(Object.keys(coinSpec.params));
				const { p, tosses } = state.values as Values<typeof coinSpec.params>;
				expect(applyValues(coinSpec.params, start.values, { p, tosses })).toEqual({ p, tosses });
				expect(notices.length).toBeLessThanOrEqual(4);
			}),
			{ seed: 1 }
		);
	});

	test('hostile settings are named in plain text and change nothing', () => {
		const { state, notices } = decodeState(coinSpec, {
			p: '<script>alert(1)</script>',
			__proto__: 'x',
			constructor: '1',
			seed: '-1',
			preset: 'toString'
		});
		expect(sameState(state, start)).toBe(true);
		expect(notices.join(' ')).toContain(
			'Chance of heads must be a number from 0 to 1; kept at 0.5'
		);
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	test('an older version is migrated', () => {
		const { state } = decodeState(coinSpec, { v: '1', heads: '0.25' });
		expect(state.values.p).toBe(0.25);
	});

	test('a version from the future is refused with a notice', () => {
		expect(decodeState(coinSpec, { v: '99' }).notices).toHaveLength(1);
	});

	test('a preset can be named and then changed', () => {
		const { state } = decodeState(coinSpec, { preset: 'biased', tosses: '7' });
		expect(state.values).toEqual({ p: 0.9, tosses: 7 });
		expect(state.seed).toBe(5);
	});
});

describe('lists whose length is a parameter', () => {
	const list = {
		type: 'vector',
		label: 'L',
		item: 'l',
		length: 'n',
		min: -1,
		max: 9,
		step: 1,
		minLength: 1,
		maxLength: 5
	} as const;
	const schema = {
		n: { type: 'stepper', label: 'n', min: 1, max: 5, step: 1, default: 2 },
		a: { ...list, default: [1, 2] },
		b: { ...list, default: [3, 4] }
	} as const;
	const values = { n: 2, a: [1, 2], b: [3, 4] };

	test('a new length cuts or fills them all', () => {
		expect(applyValues(schema, values, { n: 3 })).toEqual({ n: 3, a: [1, 2, 0], b: [3, 4, 0] });
		expect(applyValues(schema, values, { n: 1 })).toEqual({ n: 1, a: [1], b: [3] });
	});

	test('a new list sets the length, and the others follow', () => {
		expect(applyValues(schema, values, { b: [5, 6, 7] })).toEqual({
			n: 3,
			a: [1, 2, 0],
			b: [5, 6, 7]
		});
	});
});

describe('address', () => {
	test('several figures share an address without touching each other or what else is there', () => {
		const url = new URL('https://host/lesson/?utm=1&other.p=0.3#part');
		const changed = { ...start, values: { ...start.values, p: 0.25 } };
		const written = writeSettings(url, 'coin.', coinSpec, changed, start);
		expect(written.href).toBe('https://host/lesson/?utm=1&other.p=0.3&coin.v=2&coin.p=0.25#part');
		expect(readSettings(written.search, 'coin.')).toEqual({ v: '2', p: '0.25' });
		expect(writeSettings(written, 'coin.', coinSpec, start, start).href).toBe(url.href);
	});
});
