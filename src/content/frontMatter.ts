import * as v from 'valibot';
import { checkedYaml } from './checkedYaml';
import { ContentError } from './contentError.js';
import { curlQuotes } from './curlQuotes.js';
import { expected, fieldsOf, integer, link, pattern, text } from './fields';
import { isPrimer } from './isPrimer.js';
import { sourceSchema } from './sourceSchema';

const sentence = (what: string) =>
	v.pipe(
		text(what),
		v.transform((words) => curlQuotes(words))
	);

const slugs = v.optional(
	v.array(text('a slug such as grpo-dynamics'), expected('a list of slugs')),
	[]
);

const common = {
	/** One sentence for lists and search engines. */
	summary: sentence('a sentence'),
	/** One sentence on what this adds to the lesson that stands before it in reading order. */
	why: v.optional(sentence('a sentence')),
	minutes: integer('minutes from 5 to 60', 5, 60),
	/** Slugs of lessons, primers or papers to read before. */
	prerequisites: slugs,
	goals: v.pipe(
		v.array(sentence('a goal'), expected('a list of goals')),
		v.minLength(3, ({ input }) => `expected three to five goals, got ${input.length}`),
		v.maxLength(5, ({ input }) => `expected three to five goals, got ${input.length}`)
	),
	/** Slugs of lessons, primers or papers to go on with. */
	related: slugs,
	/** Works without a record in seeds/, by the name that <Cite of="…"/> calls them. */
	sources: v.optional(
		v.record(
			pattern('a name that starts with a small letter', /^[a-z][a-z0-9-]*$/),
			sourceSchema,
			expected('names with fields')
		),
		{}
	),
	/** The matching chapter of rlhf-book. */
	chapter: v.optional(fieldsOf({ title: sentence('a title'), url: link() })),
	/** The day of the text, for its citation. */
	date: v.pipe(v.string(expected('a day such as 2026-11-24')), v.isoDate())
};

/** Ours, not the paper's. */
const title = sentence('a title');

const lessonSchema = fieldsOf({
	title,
	/** The record in seeds/ that the lesson teaches; its number and slug must be the folder's. */
	paper: text('a record such as 30-grpo-dynamics'),
	...common
});

/** A primer belongs to no paper. */
const primerSchema = fieldsOf({ title, ...common });

export type FrontMatter = v.InferOutput<typeof primerSchema> & { paper?: string };

/** Front matter of a Markdown file, checked; a fault is reported with its line and the field. */
export function parseFrontMatter(file: string, markdown: string): FrontMatter {
	const block = /^---\r?\n([\s\S]*?)\r?\n---/.exec(markdown)?.[1];
	if (block === undefined) {
		throw new ContentError(
			file,
			1,
			'there is no front matter.',
			'Start the file with --- and the fields.'
		);
	}
	return isPrimer(file)
		? checkedYaml(primerSchema, file, block, 1)
		: checkedYaml(lessonSchema, file, block, 1);
}
