import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PurgeCSS } from 'purgecss';
import subsetFont from 'subset-font';
import { pagesOf } from './pages.js';

/**
 * Puts KaTeX's style sheet and fonts beside the pages, cut to the rules and the glyphs that the
 * pages use.
 * @param {string} folder
 */
export async function trimKatex(folder) {
	const katex = dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'));
	const html = pagesOf(folder)
		.map((page) => readFileSync(page, 'utf8'))
		.filter((page) => page.includes('katex-html'))
		.map((page) => page.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, ''))
		.join('\n');
	const text = new Set(
		[...html.matchAll(/class="katex-html"[\s\S]*?(?=<span class="katex"|<p|<\/p|<\/li|<\/td|$)/g)]
			.map(([formula]) => formula.replace(/<[^>]*>/g, ''))
			.join('')
	);
	const [{ css }] = await new PurgeCSS().purge({
		content: [{ raw: html, extension: 'html' }],
		css: [{ raw: readFileSync(join(katex, 'katex.min.css'), 'utf8') }],
		fontFace: true
	});
	const target = join(folder, '_app', 'katex');
	mkdirSync(join(target, 'fonts'), { recursive: true });
	const woff2Only = css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '');
	writeFileSync(join(target, 'katex.min.css'), woff2Only);
	for (const [, name] of woff2Only.matchAll(/url\(fonts\/([\w-]+\.woff2)\)/g)) {
		const font = readFileSync(join(katex, 'fonts', name));
		const subset = await subsetFont(font, [...text].join(''), { targetFormat: 'woff2' });
		writeFileSync(join(target, 'fonts', name), subset);
	}
}
