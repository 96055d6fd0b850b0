import katex from 'katex';
import { ContentError } from '../contentError.js';
import { visit } from './visit.js';

/**
 * Typesets TeX while the site is built. A symbol written `\param{figure.name}{\beta}` is tied to
 * that control of that figure. Svelte compiles raw markup slowly, so each formula is one `{@html}`.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function typesetMath(lesson) {
	return (/** @type {import('./visit.js').Node} */ tree) =>
		visit(tree, (node) => {
			if (node.type !== 'math' && node.type !== 'inlineMath') return;
			const line = node.position.start.line;
			const tex = node.value ?? '';
			for (const [, target] of tex.matchAll(/\\param\{([^}]*)\}/g)) {
				lesson.symbols.push({ target, line });
			}
			return [
				{ type: 'html', value: `{@html ${JSON.stringify(typeset(tex))}}`, position: node.position }
			];

			/** @param {string} tex */
			function typeset(tex) {
				try {
					return katex.renderToString(tex, {
						displayMode: node.type === 'math',
						throwOnError: true,
						strict: (/** @type {string} */ code) => (code === 'htmlExtension' ? 'ignore' : 'error'),
						trust: ({ command }) => command === '\\htmlData',
						macros: { '\\param': '\\htmlData{param=#1}{#2}' }
					});
				} catch (error) {
					const reason = error instanceof Error ? error.message : String(error);
					throw new ContentError(
						lesson.file,
						line,
						`the formula “${tex}” cannot be typeset: ${reason}.`,
						'Mend the TeX.'
					);
				}
			}
		});
}
