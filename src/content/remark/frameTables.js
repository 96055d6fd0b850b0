import { ContentError } from '../contentError.js';
import { textOf, visit } from './visit.js';

/**
 * Puts each table into a frame that scrolls on a narrow page and that the keyboard can reach. Frames
 * are numbered, so that a screen reader can tell them apart.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function frameTables(lesson) {
	return (/** @type {import('./visit.js').Node} */ tree) => {
		let count = 0;
		visit(tree, (node) => {
			if (node.type !== 'table') return;
			const [head] = node.children ?? [];
			if (head.children?.some((cell) => textOf(cell).trim() === '')) {
				throw new ContentError(
					lesson.file,
					node.position.start.line,
					'a column of this table has no name.',
					'Name it in the first row.'
				);
			}
			count++;
			const html = (/** @type {string} */ value) => ({
				type: 'html',
				value,
				position: node.position
			});
			return [
				html(
					`<!-- svelte-ignore a11y_no_noninteractive_tabindex --><div class="table" role="region" aria-label="Table ${count}" tabindex="0">`
				),
				node,
				html('</div>')
			];
		});
	};
}
