import { ContentError } from '../contentError.js';
import { textOf, visit } from './visit.js';

/**
 * Gives each heading an id made from its words, and keeps the list for the table of contents.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function anchorHeadings(lesson) {
	return (/** @type {import('./visit.js').Node} */ tree) =>
		visit(tree, (node) => {
			if (node.type !== 'heading') return;
			const line = node.position.start.line;
			if (node.depth === 1) {
				throw new ContentError(
					lesson.file,
					line,
					'a heading of the first level in the text.',
					'The title comes from the front matter: use ## and below.'
				);
			}
			const text = textOf(node);
			const id = slugify(text);
			if (lesson.headings.some((heading) => heading.id === id)) {
				throw new ContentError(
					lesson.file,
					line,
					`a second heading “${text}”.`,
					'Give each heading words of its own.'
				);
			}
			lesson.headings.push({ id, text, depth: node.depth ?? 2 });
			node.data = { ...node.data, id, hProperties: { id } };
		});
}

/** @param {string} text */
export function slugify(text) {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Number}]+/gu, '-')
		.replace(/^-|-$/g, '');
}
