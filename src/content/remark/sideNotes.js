import { ContentError } from '../contentError.js';
import { visit } from './visit.js';

/**
 * Turns footnotes into notes that stand in the margin beside their mark, or under the line on a
 * narrow page. They need no script and print where they belong.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function sideNotes(lesson) {
	return (/** @type {import('./visit.js').Node} */ tree) => {
		/** @type {Map<string | undefined, import('./visit.js').Node>} */
		const definitions = new Map();
		visit(tree, (node) => {
			if (node.type !== 'footnoteDefinition') return;
			definitions.set(node.identifier, node);
			return [];
		});
		const used = new Set();
		visit(tree, (node) => {
			if (node.type !== 'footnoteReference') return;
			const definition = definitions.get(node.identifier);
			const line = node.position.start.line;
			if (!definition) {
				throw new ContentError(
					lesson.file,
					line,
					`the footnote “${node.identifier}” has no text.`,
					`Add a line [^${node.identifier}]: … at the end.`
				);
			}
			used.add(node.identifier);
			const number = used.size;
			const html = (/** @type {string} */ value) => ({
				type: 'html',
				value,
				position: node.position
			});
			const paragraphs = definition.children ?? [];
			return [
				html(
					`<sup class="note-mark" aria-hidden="true">${number}</sup><small class="note" role="note" aria-label="Note ${number}"><sup aria-hidden="true">${number}</sup> `
				),
				...paragraphs.flatMap((paragraph) => paragraph.children ?? []),
				html('</small>')
			];
		});
		for (const [identifier, definition] of definitions) {
			if (!used.has(identifier)) {
				throw new ContentError(
					lesson.file,
					definition.position.start.line,
					`the footnote “${identifier}” is never used.`,
					'Remove it, or refer to it in the text.'
				);
			}
		}
	};
}
