import * as v from 'valibot';
import { bracesMatch } from './bibtex';
import {
	arxivId,
	expected,
	fieldsOf,
	integer,
	link,
	oneOf,
	pattern,
	text,
	textUpTo
} from './fields';
import { PAPER_TRACKS } from './tracks';

const linkOrNull = v.nullable(link('a link that starts with https://, or null'));

const statementSchema = fieldsOf({
	/** In our own words. */
	text: text('a sentence'),
	/** Where it was read: the paper's own text, its authors' code or words, or somebody's notes. */
	provenance: oneOf(['abstract', 'paper', 'code', 'authors', 'secondary']),
	where: text('the place where it was read, such as Table 1'),
	/** The number as it is printed there. */
	value: v.optional(text("text such as '64.5 %'"))
});

const bibtexSchema = v.pipe(
	fieldsOf({
		type: oneOf(['misc', 'inproceedings', 'article']),
		key: pattern('a key such as mroueh2026reinforcement', /^[a-z]+\d{4}[a-z0-9]+$/),
		fields: fieldsOf({
			title: v.pipe(
				text('the title, capitals in braces'),
				v.check(bracesMatch, expected('braces that match'))
			),
			author: pattern('names such as Qu, Yuxiao and Kumar, Aviral', /^[^,]+, \S/),
			booktitle: v.optional(text('the title of the proceedings')),
			journal: v.optional(text('the title of the journal')),
			series: v.optional(text('the series of the volume')),
			volume: v.optional(text('the volume, as text')),
			pages: v.optional(pattern('pages such as 1--20', /^\d+--\d+$/)),
			year: pattern("a year in quotes, such as '2025'", /^\d{4}$/),
			doi: v.optional(pattern('a DOI such as 10.1000/182', /^10\.\d{4,}\/\S+$/)),
			eprint: text('the arXiv id in quotes'),
			archivePrefix: v.literal('arXiv', expected('arXiv')),
			url: v.optional(link())
		})
	}),
	v.check(
		({ type, fields }) => (type === 'inproceedings') === (fields.booktitle !== undefined),
		({ input }) =>
			`expected a booktitle with type inproceedings and no other, got type ${input.type}`
	),
	v.check(
		({ type, fields }) => (type === 'article') === (fields.journal !== undefined),
		({ input }) => `expected a journal with type article and no other, got type ${input.type}`
	)
);

const recordSchema = fieldsOf({
	/** Line of the paper in the list of abstracts, and number of its lesson. */
	number: integer('a number from 1 to 30', 1, 30),
	slug: pattern('a slug such as grpo-dynamics', /^[a-z0-9]+(-[a-z0-9]+)*$/),
	/** The title of the newest version. */
	title: text('a title'),
	formerTitles: v.optional(v.array(text('a title'), expected('a list of titles')), []),
	authors: v.pipe(
		v.array(text('a full name'), expected('a list of full names')),
		v.minLength(1, 'expected at least one author, got an empty list')
	),
	arxiv: arxivId,
	/** Of the venue, or of the preprint where there is none. */
	year: integer('a year such as 2025', 2025, 2100),
	/** Without its year; null while the paper is a preprint only. */
	venue: v.nullable(text('a venue such as ICML, or null')),
	code: linkOrNull,
	page: linkOrNull,
	track: oneOf(PAPER_TRACKS),
	/** Place in the track's reading order, from 1. */
	order: integer('a place in the track, from 1', 1, 30),
	/**
	 * Whether reinforcement learning trains a language model in the paper. `partly`: in one of its
	 * versions or parts only, or by a preference loss instead. A review trains none.
	 */
	trains: oneOf(['yes', 'partly', 'no']),
	/** The question that the paper answers and what it does, in our own words. */
	summary: textUpTo(49, 'a summary'),
	/** The one idea, for the map of papers. */
	idea: textUpTo(9, 'a phrase'),
	claims: v.pipe(
		v.array(statementSchema, expected('a list of claims')),
		v.minLength(1, 'expected at least one claim, got an empty list')
	),
	caveats: v.optional(
		v.pipe(
			v.array(statementSchema, expected('a list of caveats')),
			v.maxLength(3, ({ input }) => `expected at most 3 caveats, got ${input.length}`)
		),
		[]
	),
	bibtex: bibtexSchema
});

type Fields = v.InferOutput<typeof recordSchema>;

/** What a field of the BibTeX entry must say again. */
const repeats = (
	field: 'title' | 'author' | 'year' | 'eprint',
	agrees: (record: Fields) => boolean,
	what: (record: Fields) => string
) =>
	v.forward(
		v.check<Fields, (issue: v.CheckIssue<Fields>) => string>(
			agrees,
			({ input }) => `expected ${what(input)}, got ${JSON.stringify(input.bibtex.fields[field])}`
		),
		['bibtex', 'fields', field]
	);

/** One record of seeds/. What BibTeX repeats must be what the record says. */
export const paperSchema = v.pipe(
	recordSchema,
	repeats(
		'title',
		({ title, bibtex }) => bibtex.fields.title.replace(/[{}]/g, '') === title,
		({ title }) => `the record’s title (${title}), braces apart`
	),
	repeats(
		'author',
		({ authors, bibtex }) => bibtex.fields.author.split(' and ').length === authors.length,
		({ authors }) => `the record’s ${authors.length} authors, joined by “and”`
	),
	repeats(
		'year',
		({ year, bibtex }) => bibtex.fields.year === String(year),
		({ year }) => `the record’s year (${year})`
	),
	repeats(
		'eprint',
		({ arxiv, bibtex }) => bibtex.fields.eprint === arxiv,
		({ arxiv }) => `the record’s arXiv id (${arxiv})`
	)
);

export type Paper = v.InferOutput<typeof paperSchema>;
