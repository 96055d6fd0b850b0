import * as v from 'valibot';
import { checkedYaml } from './checkedYaml';
import { ContentError } from './contentError.js';
import { curlQuotes } from './curlQuotes.js';

const sentence = v.pipe(
	v.string(),
	v.nonEmpty(),
	v.transform((text) => curlQuotes(text))
);

export const frontMatterSchema = v.strictObject({
	/** Ours, not the paper's. */
	title: sentence,
	/** The record in seeds/ that the lesson teaches; its number and slug must be the folder's. */
	paper: v.string(),
	/** One sentence for lists and search engines. */
	summary: sentence,
	minutes: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(60)),
	/** Slugs of lessons to read before. */
	prerequisites: v.optional(v.array(v.string()), []),
	goals: v.pipe(v.array(sentence), v.minLength(3), v.maxLength(5)),
	/** Slugs of lessons to go on with. */
	related: v.optional(v.array(v.string()), []),
	/** The matching chapter of rlhf-book. */
	chapter: v.optional(v.strictObject({ title: sentence, url: v.pipe(v.string(), v.url()) })),
	/** The day of the text, for its citation. */
	date: v.pipe(v.string(), v.isoDate())
});

export type FrontMatter = v.InferOutput<typeof frontMatterSchema>;

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
	return checkedYaml(frontMatterSchema, file, block, 1);
}
