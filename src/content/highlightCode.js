import { createHighlighter } from 'shiki';

const THEMES = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' };

/** @type {Promise<import('shiki').Highlighter> | undefined} */
let highlighter;

/**
 * Code as HTML in the colours of both themes; the page's CSS picks one.
 * @param {string} code
 * @param {string} language
 */
export async function highlightToHtml(code, language) {
	highlighter ??= createHighlighter({
		themes: Object.values(THEMES),
		langs: ['typescript', 'python', 'yaml', 'bash', 'html', 'bibtex']
	});
	return (await highlighter).codeToHtml(code, {
		lang: language,
		themes: THEMES,
		defaultColor: false
	});
}

/**
 * The same, as an expression for a compiled lesson.
 * @param {string} code
 * @param {string | null | undefined} language
 */
export async function highlightCode(code, language) {
	return `{@html ${JSON.stringify(await highlightToHtml(code, language || 'text'))}}`;
}
