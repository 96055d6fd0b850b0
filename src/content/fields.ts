/** Schemas of the fields of content files, whose faults say what was expected and what came. */
import * as v from 'valibot';

/** The field's name and line are added where the file is read. */
export const expected = (what: string) => (issue: { received: string }) =>
	`expected ${what}, got ${issue.received === 'undefined' ? 'nothing' : issue.received}`;

export const text = (what: string) =>
	v.pipe(v.string(expected(what)), v.regex(/\S/, expected(`${what}, not empty`)));

export const pattern = (what: string, shape: RegExp) =>
	v.pipe(v.string(expected(what)), v.regex(shape, expected(what)));

const countWords = (words: string) => words.trim().split(/\s+/).length;

export const textUpTo = (limit: number, what: string) =>
	v.pipe(
		text(what),
		v.check(
			(words) => countWords(words) <= limit,
			({ input }) => `expected ${what} of at most ${limit} words, got ${countWords(input)} words`
		)
	);

export const integer = (what: string, least: number, most: number) =>
	v.pipe(
		v.number(expected(what)),
		v.integer(expected(what)),
		v.minValue(least, expected(what)),
		v.maxValue(most, expected(what))
	);

export const oneOf = <const T extends readonly string[]>(options: T) =>
	v.picklist(options, expected(`one of ${options.join(', ')}`));

export const link = (what = 'a link that starts with https://') =>
	pattern(what, /^https:\/\/[^\s/]+\.[^\s]+$/);

export const arxivId = pattern("an arXiv id in quotes, such as '2503.06639'", /^\d{4}\.\d{4,5}$/);

/** An object of exactly these fields. */
export const fieldsOf = <T extends v.ObjectEntries>(entries: T) =>
	v.strictObject(entries, (issue) =>
		issue.expected === 'never'
			? `there is no such field; there are ${Object.keys(entries).join(', ')}`
			: expected(issue.expected === 'Object' ? 'fields' : 'this field')(issue)
	);
