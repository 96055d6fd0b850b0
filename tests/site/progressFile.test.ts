import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '$site/kept/answers';
import { compare, merge, takeBack } from '$site/settings/combine';
import { fileName, readProgress, writeProgress } from '$site/settings/progressFile';

const SAVED = new Date('2026-11-29T09:30:00Z');

/** Few questions and few answers, so that two random sets overlap. */
const answers: fc.Arbitrary<Answers> = fc.dictionary(
	fc.constantFrom('a/b/c', 'a/b/d', 'a/e/c', 'f/b/c', 'f/b/d', '__proto__/b/c'),
	fc.record(
		{ given: fc.constantFrom('Up', 'Down', '“½ < 1”'), right: fc.boolean() },
		{ requiredKeys: ['given'] }
	)
);
const theme = fc.constantFrom('system' as const, 'light' as const, 'dark' as const);

test('the file’s name carries the day where the reader is', () => {
	expect(fileName(new Date(2026, 0, 5, 23, 59))).toBe('rollout-progress-2026-01-05.json');
});

test('what is written is read', () => {
	fc.assert(
		fc.property(fc.record({ theme, answers }), (progress) => {
			expect(readProgress(writeProgress(progress, SAVED))).toEqual({ progress, left: [] });
		})
	);
});

test('any text is read or refused in words', () => {
	const almost = fc
		.record(
			{
				format: fc.oneof(fc.constant('rollout-progress'), fc.jsonValue()),
				version: fc.oneof(fc.constant(1), fc.jsonValue()),
				theme: fc.jsonValue(),
				answers: fc.jsonValue()
			},
			{ requiredKeys: [] }
		)
		.map((file) => JSON.stringify(file));
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json(), almost), (text) => {
			const reading = readProgress(text);
			if ('wrong' in reading) expect(reading.wrong).toMatch(/^(is|lacks) .*\.$/);
			else
				expect(readProgress(writeProgress(reading.progress, SAVED))).toEqual({
					...reading,
					left: []
				});
		}),
		{ numRuns: 1000 }
	);
});

describe('what is wrong is said', () => {
	const file = { format: 'rollout-progress', version: 1, theme: 'dark', answers: {} };
	const WRONG: [text: string, words: string][] = [
		['', 'is not JSON'],
		[JSON.stringify(file).slice(0, -5), 'is not JSON'],
		['[]', 'is not a progress file'],
		['{"format":"another","version":1}', 'is not a progress file'],
		[JSON.stringify({ ...file, version: 2 }), 'of a newer site'],
		[JSON.stringify({ ...file, version: 'one' }), 'lacks its version'],
		[JSON.stringify({ ...file, answers: [] }), 'lacks its answers'],
		[' '.repeat(1_000_000), 'is longer than']
	];
	test.each(WRONG)('%.40s', (text, words) => {
		expect(readProgress(text)).toEqual({ wrong: expect.stringContaining(words) });
	});

	test('entries that are no answers are named and left out', () => {
		const good = { 'a/b/c': { given: 'Up', right: true } };
		const text = `{"format":"rollout-progress","version":1,"theme":"pink","answers":{"__proto__":{"given":"x","right":true},"a/b":{"given":"x","right":true},"a/b/d":{"given":"x","right":"yes"},"a/b/c":{"given":"Up","right":true}}}`;
		expect(readProgress(text)).toEqual({
			progress: { theme: 'system', answers: good },
			left: ['__proto__', 'a/b', 'a/b/d']
		});
	});
});

describe('bringing in', () => {
	test('a merge adds what is new and changes nothing that is here', () => {
		fc.assert(
			fc.property(answers, answers, (here, file) => {
				const merged = merge(here, file);
				expect(merged).toMatchObject(here);
				const { added, same, different } = compare(here, file);
				expect(Object.keys(merged).length).toBe(Object.keys(here).length + added);
				expect(added + same + different).toBe(Object.keys(file).length);
				if (different === 0) expect(merged).toEqual({ ...here, ...file });
			})
		);
	});

	test('is taken back whole, and what came since stays', () => {
		fc.assert(
			fc.property(answers, answers, answers, (before, after, since) => {
				expect(takeBack(after, before, after)).toEqual(before);
				const now = { ...after, ...since };
				const back = takeBack(now, before, after);
				for (const [question, answered] of Object.entries(now)) {
					const untouched = JSON.stringify(after[question]) === JSON.stringify(answered);
					if (!untouched) expect(back[question]).toEqual(answered);
				}
			})
		);
	});
});
