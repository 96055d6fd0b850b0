import { checkedYaml } from './checkedYaml';
import { ContentError } from './contentError.js';
import { paperSchema, type Paper } from './paperSchema';

/**
 * The record of a paper from its file.
 * @param fileName path from the root, such as seeds/30-grpo-dynamics.yaml
 * @throws {ContentError} with the file, the line, the field, what was expected and a cure
 */
export function parsePaper(fileName: string, yamlText: string): Paper {
	const paper = checkedYaml(paperSchema, fileName, yamlText);
	const rightName = `${String(paper.number).padStart(2, '0')}-${paper.slug}.yaml`;
	if (!fileName.endsWith(`/${rightName}`) && fileName !== rightName) {
		throw new ContentError(
			fileName,
			yamlText.split('\n').findIndex((line) => line.startsWith('slug:')) + 1,
			`fields “number” and “slug”: expected the file to be named ${rightName}.`,
			'Rename the file, or correct the number or the slug.'
		);
	}
	return paper;
}
