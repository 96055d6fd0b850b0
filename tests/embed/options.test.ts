import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	BACKGROUNDS,
	DEFAULT_OPTIONS,
	framingOf,
	OPTION_HELP,
	readOptions,
	splitOptions,
	THEMES,
	writeOptions,
	type EmbedOptions
} from '$embed/options';
import { LOCKABLE, PARTS } from '$player/framing';
import type { Result, Schema, Spec } from '$widgets/contract';
import { coinSpec } from '../player/coinSpec';

const spec = {
	params: coinSpec.params,
	questions: { fair: {}, biased: {} }
} as unknown as Spec<Schema, Result>;
const params = Object.keys(spec.params);
const read = (search: string) => readOptions(spec, new URLSearchParams(search));

const words = fc
	.string({ minLength: 1, maxLength: 60 })
	.filter((text) => text === text.trim() && !/[^\P{Cc}\t\n]/u.test(text));

/** Any options that an instructor could settle for the coin. */
const settled: fc.Arbitrary<EmbedOptions> = fc.record(
	{
		theme: fc.constantFrom(...THEMES),
		background: fc.constantFrom(...BACKGROUNDS),
		compact: fc.boolean(),
		hide: fc.uniqueArray(fc.constantFrom(...Object.keys(PARTS), ...params)),
		lock: fc.uniqueArray(fc.constantFrom(...LOCKABLE, ...params)),
		language: fc.constantFrom('de', 'fr-CA', 'en'),
		question: fc.constantFrom(...Object.keys(spec.questions)),
		note: words,
		own: fc
			.record({ ask: words, choices: fc.array(words, { maxLength: 6 }), because: words })
			.chain((own) =>
				own.choices.length === 0
					? fc.constant(own)
					: fc.nat(own.choices.length - 1).map((right) => ({ ...own, right }))
			),
		host: fc.constantFrom('https://course.example', 'http://localhost:8000')
	},
	{ requiredKeys: ['theme', 'background', 'compact', 'hide', 'lock'] }
);

describe('the options of a figure in a page of others', () => {
	test('nothing asked is nothing changed', () => {
		expect(read('p=0.25&seed=3')).toEqual({ options: DEFAULT_OPTIONS, notices: [] });
	});

	test('come back from the address as they were written', () => {
		fc.assert(
			fc.property(settled, (options) => {
				const search = new URLSearchParams(writeOptions(options)).toString();
				expect(read(search)).toEqual({ options, notices: [] });
			}),
			{ seed: 6, numRuns: 300 }
		);
	});

	test.each([
		['theme=pink', /“theme” must be one of auto, light, dark/],
		['hide=p,nothing', /“hide” takes title, .*\bp\b/],
		['lock=title', /“lock” takes controls, presets, seed, compare/],
		['language=%00', /language tag/],
		['question=constructor', /“question” must be one of/],
		[`note=${'x'.repeat(700)}`, /at most 600 characters/],
		['ask=Why%3F&choice=a&correct=2', /“correct” must be the number of a choice/],
		['host=javascript:alert(1)', /“host” must be an origin/]
	])('%s is left aside and told', (search, notice) => {
		const { options, notices } = read(search);
		expect(notices.join(' ')).toMatch(notice);
		const { own, hide, ...others } = options;
		expect({ ...others, hide: [] }).toEqual(DEFAULT_OPTIONS);
		expect(hide).toEqual(search.startsWith('hide') ? ['p'] : []);
		expect(own?.right).toBeUndefined();
	});

	test('any address is read without harm', () => {
		const name = fc.oneof(fc.constantFrom(...Object.keys(OPTION_HELP)), fc.string());
		fc.assert(
			fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
				const { options } = readOptions(spec, entries);
				expect(readOptions(spec, writeOptions(options))).toEqual({ options, notices: [] });
			}),
			{ seed: 7, numRuns: 2000 }
		);
	});

	test('are told from the settings of the state', () => {
		const { settings, options } = splitOptions([
			['p', '0.25'],
			['theme', 'dark'],
			['seed', '4']
		]);
		expect(settings).toEqual({ p: '0.25', seed: '4' });
		expect(options).toEqual([['theme', 'dark']]);
	});

	test('locking or hiding the controls means every parameter', () => {
		const { locked, hidden } = framingOf(spec, { ...DEFAULT_OPTIONS, lock: ['controls'] });
		expect([...locked]).toEqual(params);
		expect(hidden.size).toBe(0);
		expect(framingOf(spec, { ...DEFAULT_OPTIONS, compact: true }).hidden).toContain('tools');
	});
});
