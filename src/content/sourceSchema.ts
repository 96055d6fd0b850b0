import * as v from 'valibot';
import { arxivId, expected, fieldsOf, integer, pattern, text } from './fields';

/** A work that a lesson cites and that has no record in seeds/. */
export const sourceSchema = v.pipe(
	fieldsOf({
		title: text('a title'),
		authors: v.pipe(
			v.array(text('a full name'), expected('a list of full names')),
			v.minLength(1, 'expected at least one author, got an empty list')
		),
		year: integer('a year such as 2017', 1900, 2100),
		/** Without its year. */
		venue: v.optional(text('a venue such as ICML')),
		arxiv: v.optional(arxivId),
		/** Some old pages are only at http://. */
		url: v.optional(pattern('a link', /^https?:\/\/[^\s/]+\.[^\s]+$/))
	}),
	v.check(
		({ arxiv, url }) => (arxiv === undefined) !== (url === undefined),
		({ input: { arxiv } }) =>
			`expected arxiv or url, got ${arxiv === undefined ? 'neither' : 'both'}`
	)
);

export type Source = v.InferOutput<typeof sourceSchema>;
