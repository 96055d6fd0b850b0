import { checkedYaml } from './checkedYaml';
import { ContentError } from './contentError.js';
import { paperSchema, type Paper } from './paperSchema';

/** A paper's record, checked; its number and slug must be those of its file's name. */
export function parsePaper(file: string, text: string): Paper {
	const paper = checkedYaml(paperSchema, file, text);
	const name = `${String(paper.number).padStart(2, '0')}-${paper.slug}.yaml`;
	if (!file.endsWith(name)) {
		throw new ContentError(
			file,
			1,
			`number and slug say “${name}”.`,
			'Rename the file, or mend them.'
		);
	}
	return paper;
}
