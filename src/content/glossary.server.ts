import * as v from 'valibot';
import { parse } from 'yaml';
import source from '$lessons/glossary.yaml?raw';

const entrySchema = v.strictObject({
	term: v.pipe(v.string(), v.nonEmpty()),
	/** One or two sentences in plain words. */
	meaning: v.pipe(v.string(), v.nonEmpty())
});

export interface GlossaryEntry extends v.InferOutput<typeof entrySchema> {
	id: string;
}

/** The glossary by id; a wrong entry fails the build with its name. */
export const glossary: ReadonlyMap<string, GlossaryEntry> = new Map(
	Object.entries(parse(source) as Record<string, unknown>).map(([id, raw]) => {
		const checked = v.safeParse(entrySchema, raw);
		if (!checked.success) {
			throw new Error(
				`content/glossary.yaml: “${id}”: ${checked.issues[0].message}. It takes term and meaning.`
			);
		}
		return [id, { id, ...checked.output }];
	})
);
