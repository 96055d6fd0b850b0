import { ContentError } from '../contentError.js';
import { visit } from './visit.js';

/**
 * Refuses prose that Svelte or the reader would take for something else: a dollar sign left over
 * from a formula, or braces that Svelte would evaluate.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function checkText(lesson) {
	return (
		/** @type {import('./visit.js').Node} */ tree,
		/** @type {{ contents: unknown }} */ file
	) => {
		const source = String(file.contents);
		visit(tree, (node) => {
			const line = node.position?.start.line;
			const value = node.value ?? '';
			if (node.type === 'text') {
				const escaped = source[node.position.start.offset] === '\\' && value.length === 1;
				if (value.includes('$') && !escaped) {
					throw new ContentError(
						lesson.file,
						lineOf(value, '$', line),
						'a stray “$” in the text.',
						'Close the formula, or write \\$ for a dollar sign.'
					);
				}
				if (/[{}]/.test(value)) {
					throw new ContentError(
						lesson.file,
						lineOf(value, /[{}]/, line),
						'a brace in the text would be evaluated.',
						'Put it in a formula or in `code`.'
					);
				}
			}
			if (node.type === 'html' && !value.startsWith('{@html') && value.includes('$')) {
				throw new ContentError(
					lesson.file,
					lineOf(value, '$', line),
					'a formula inside an HTML line stays as it is written.',
					'Leave a blank line before and after the text between the tags.'
				);
			}
		});
	};
}

/**
 * @param {string} value
 * @param {string | RegExp} what
 * @param {number} first
 */
function lineOf(value, what, first) {
	return (
		first +
		value.slice(0, value.search(what instanceof RegExp ? what : /\$/)).split('\n').length -
		1
	);
}
