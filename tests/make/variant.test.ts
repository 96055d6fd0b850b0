import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPTION_HELP } from '$embed/options';
import { showingOf, SHOWINGS, withShowing } from '$make/showing';
import { readVariant, writeVariant } from '$make/variant';
import type { Result, Schema, Spec } from '$widgets/contract';
import { coinSpec } from '../player/coinSpec';
import { anyEntries } from './variants';

const spec = coinSpec as unknown as Spec<Schema, Result>;
const params = Object.keys(spec.params);
const NONE = { hide: [], lock: [] };

test('a variant comes back from its address, whatever the address asked for', () => {
	const names = [...Object.keys(OPTION_HELP), ...params, 'seed', 'band', 'compare', 'preset', 'v'];
	fc.assert(
		fc.property(anyEntries(names), (entries) => {
			const { variant } = readVariant(spec, entries);
			expect(readVariant(spec, writeVariant(spec, variant))).toEqual({ variant, notices: [] });
		}),
		{ seed: 6, numRuns: 400 }
	);
});

test('each control and part is shown as it was last asked, and no other changes', () => {
	const names = [...params, 'presets', 'seed', 'compare'];
	const change = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...SHOWINGS));
	fc.assert(
		fc.property(fc.array(change), (changes) => {
			let settled: { hide: readonly string[]; lock: readonly string[] } = NONE;
			for (const [name, showing] of changes) settled = withShowing(spec, settled, [name], showing);
			const last = Object.fromEntries(changes);
			for (const name of names) expect(showingOf(spec, settled, name)).toBe(last[name] ?? 'shown');
		}),
		{ seed: 6 }
	);
});

test('where all controls are alike, the address says it in one word', () => {
	expect(withShowing(spec, NONE, params, 'locked')).toEqual({ hide: [], lock: ['controls'] });
	const [first, ...others] = params;
	const one = withShowing(spec, { hide: [], lock: ['controls'] }, [first], 'hidden');
	expect(one).toEqual({ hide: [first], lock: others });
});
