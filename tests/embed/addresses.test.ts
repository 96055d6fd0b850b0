import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPTION_HELP, readOptions, splitOptions, writeOptions } from '$embed/options';
import { COMMON, readSettings } from '$player/address';
import { decodeState, encodeState, sameState } from '$player/figureState';
import { checkValue } from '$player/values';
import type { Result, Schema, Spec } from '$widgets/contract';

const specs = Object.values(
	import.meta.glob<Spec<Schema, Result>>('/src/widgets/*/spec.ts', { import: 'spec', eager: true })
);

/** Sentences that a reader is shown of one address, at most: those of the state and of each option. */
const MOST_NOTICES = 4 + Object.keys(OPTION_HELP).length;

const odd = fc.constantFrom(
	...['', '0', '-1', '1e308', '1e-400', 'NaN', 'Infinity', '0x10', '1,5', '1,,2', ',', '٣', 'null'],
	...['true', 'false', '__proto__', 'constructor', 'toString', '%00', '\0', '\u202eabc', '\ud800'],
	...['<img src=x onerror=alert(1)>', '"\'><script>', '9'.repeat(5000), '1,'.repeat(3000)]
);

/** Any address of a figure: names that it has and has not, with texts of every kind. */
function addressOf(spec: Spec<Schema, Result>): fc.Arbitrary<string> {
	const params = Object.keys(spec.params);
	const name = fc.oneof(
		fc.constantFrom(...params, ...params.map((param) => `b.${param}`)),
		fc.constantFrom(...COMMON, ...Object.keys(OPTION_HELP)),
		fc.constantFrom('__proto__', 'constructor', 'b.', 'b.__proto__', 'V', ''),
		fc.string()
	);
	const known = [...Object.keys(spec.presets), ...Object.keys(spec.questions), ...params];
	const text = fc.oneof(
		odd,
		fc.constantFrom('dark', 'de', 'https://a.example', ...known),
		fc.double().map(String),
		fc.array(fc.double({ min: -3, max: 12 }), { maxLength: 40 }).map(String),
		fc.string({ unit: 'binary', maxLength: 40 })
	);
	const pair = fc.tuple(name, text).map(([key, value]) => new URLSearchParams([[key, value]]) + '');
	return fc
		.array(fc.oneof({ weight: 9, arbitrary: pair }, fc.string({ maxLength: 20 })), {
			maxLength: 12
		})
		.map((parts) => parts.join('&'));
}

test('ten thousand random addresses are read without harm, over all figures', () => {
	for (const spec of specs) {
		fc.assert(
			fc.property(addressOf(spec), (search) => {
				const entries = [...new URLSearchParams(search)];
				const { state, notices } = decodeState(spec, splitOptions(entries).settings);
				for (const values of [state.values, state.other ?? state.values]) {
					expect(Object.keys(values)).toEqual(Object.keys(spec.params));
					for (const [name, param] of Object.entries(spec.params)) {
						expect(checkValue(values[name], param)).toEqual({ value: values[name] });
					}
				}
				const kept = new URLSearchParams(encodeState(spec, state)).toString();
				const again = decodeState(spec, readSettings(kept, ''));
				expect(again.notices).toEqual([]);
				expect(sameState(again.state, state)).toBe(true);

				const { options, notices: others } = readOptions(spec, entries);
				expect(readOptions(spec, writeOptions(options))).toEqual({ options, notices: [] });
				const told = [...notices, ...others];
				expect(told.length).toBeLessThanOrEqual(MOST_NOTICES);
				for (const notice of told) expect(notice.length).toBeLessThan(1000);
			}),
			{ seed: 10, numRuns: Math.ceil(10_000 / specs.length) }
		);
	}
});
