import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const address = v.nullable(v.pipe(v.string(), v.url(), v.startsWith('https://')));

/** A statement about a paper, with where it was read; only what was read there may stand here. */
const claim = v.strictObject({
	/** In our own words. */
	text,
	provenance: v.picklist(['abstract', 'paper', 'code', 'authors', 'secondary']),
	/** The place: "abstract", "Table 1", "README of v0.1". */
	where: text
});

export const paperSchema = v.strictObject({
	number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
	/** As in the file's name, after the number. */
	slug: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
	/** The newest title. */
	title: text,
	formerTitles: v.optional(v.array(text), []),
	authors: v.pipe(v.array(text), v.minLength(1)),
	arxiv: v.pipe(v.string(), v.regex(/^\d{4}\.\d{5}$/)),
	year: v.pipe(v.number(), v.integer(), v.minValue(2015)),
	/** Null while it is a preprint only. */
	venue: v.nullable(text),
	code: address,
	page: address,
	track: v.picklist(['reasoning', 'preferences', 'search', 'agents']),
	/** Place in the track's reading order, from 1. */
	order: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** Whether a language model is trained by RL in it. */
	trains: v.picklist(['yes', 'partly', 'no']),
	/** One or two sentences in our own words. */
	summary: text,
	/** The one idea, for the map of papers. */
	idea: text,
	claims: v.pipe(v.array(claim), v.minLength(2)),
	/** What a reader should know before quoting the claims. */
	caveats: v.optional(v.array(claim), []),
	bibtex: v.strictObject({
		type: v.picklist(['misc', 'inproceedings', 'article']),
		key: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
		fields: v.record(v.pipe(v.string(), v.regex(/^[a-zA-Z]+$/)), text)
	})
});

export type Paper = v.InferOutput<typeof paperSchema>;
