import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PurgeCSS } from 'purgecss';
// @ts-expect-error the package brings no types
import subsetFont from 'subset-font';
import { pagesOf } from './pages.js';

/** A letter of a formula with the classes that choose its font; parts of tall brackets have none. */
const LEAF = /<span(?: class="([^"]*)")?[^>]*>([^<]+)(?=<)/g;

/**
 * Fonts that only letters of these classes use; all others may use KaTeX_Main-Regular.
 * @type {Record<string, RegExp>}
 */
const OWN_CLASSES = {
	'KaTeX_Math-Italic': /\bmathnormal\b/,
	'KaTeX_Math-BoldItalic': /\bboldsymbol\b/,
	'KaTeX_Main-Bold': /\b(mathbf|textbf)\b/,
	'KaTeX_Main-Italic': /\b(mathit|textit)\b/,
	'KaTeX_Main-BoldItalic': /\b(textbf textit|textit textbf)\b/,
	'KaTeX_AMS-Regular': /\b(amsrm|mathbb|textbb)\b/,
	'KaTeX_Caligraphic-Regular': /\bmathcal\b/,
	'KaTeX_Caligraphic-Bold': /\bmathcal mathbf\b/,
	'KaTeX_Size1-Regular': /^$|\b(delimsizing size1|delim-size1|small-op)\b/,
	'KaTeX_Size2-Regular': /\b(delimsizing size2|large-op)\b/,
	'KaTeX_Size3-Regular': /\bdelimsizing size3\b/,
	'KaTeX_Size4-Regular': /^$|\b(delimsizing size4|delim-size4)\b/
};

/**
 * The formulas of a page: each drawing that KaTeX made, from its first tag to its last.
 * @param {string} html
 */
function formulasOf(html) {
	return [...html.matchAll(/<span class="katex-html"/g)].map(({ index }) => {
		const tags = /<(\/?)span\b/g;
		tags.lastIndex = index;
		let depth = 0;
		do {
			const tag = tags.exec(html);
			if (!tag) return html.slice(index);
			depth += tag[1] ? -1 : 1;
		} while (depth > 0);
		return html.slice(index, tags.lastIndex);
	});
}

/**
 * The letters that each font has to hold.
 * @param {string} html
 */
function lettersByFont(html) {
	/** @type {Record<string, Set<string>>} */
	const letters = { other: new Set() };
	for (const name of Object.keys(OWN_CLASSES)) letters[name] = new Set();
	for (const [, classes = '', text] of html.matchAll(LEAF)) {
		const plain = text.replace(/&#x([0-9a-f]+);/gi, (_, code) =>
			String.fromCodePoint(parseInt(code, 16))
		);
		const owners = Object.keys(OWN_CLASSES).filter((name) => OWN_CLASSES[name].test(classes));
		for (const owner of owners.length > 0 ? owners : ['other']) {
			for (const letter of plain) letters[owner].add(letter);
		}
	}
	return letters;
}

/**
 * Puts KaTeX's style sheet and fonts beside the pages, cut to the rules and the glyphs that the
 * pages use.
 * @param {string} folder
 */
export async function trimKatex(folder) {
	const katex = dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'));
	const pages = pagesOf(folder)
		.map((page) => readFileSync(page, 'utf8'))
		.filter((page) => page.includes('katex-html'))
		.map((page) => page.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, ''));
	const letters = lettersByFont(pages.flatMap(formulasOf).join('\n'));
	const whole = readFileSync(join(katex, 'katex.min.css'), 'utf8');
	const faces = whole.match(/@font-face\{[^}]*\}/g) ?? [];
	const [{ css }] = await new PurgeCSS().purge({
		content: [{ raw: pages.join('\n'), extension: 'html' }],
		css: [{ raw: whole.replace(/@font-face\{[^}]*\}/g, '') }]
	});
	const target = join(folder, '_app', 'katex');
	mkdirSync(join(target, 'fonts'), { recursive: true });
	let trimmed = '';
	for (const face of faces) {
		const family = /font-family:"?(\w+)/.exec(face)?.[1] ?? '?';
		const name = /fonts\/([\w-]+)\.woff2/.exec(face)?.[1] ?? '?';
		const text = [...(letters[name] ?? letters.other)].join('');
		if (!css.includes(family) || text === '') continue;
		const font = readFileSync(join(katex, 'fonts', `${name}.woff2`));
		// Hints serve screens of few pixels; they are half of a small font.
		const subset = await subsetFont(font, text, { targetFormat: 'woff2', noHinting: true });
		writeFileSync(join(target, 'fonts', `${name}.woff2`), subset);
		trimmed += face.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '');
	}
	writeFileSync(join(target, 'katex.min.css'), trimmed + css);
}
