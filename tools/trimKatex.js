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
	const whole = readFileSync(join(katex, 'katex.min.css'), 'utf8');
	const faces = whole.match(/@font-face\{[^}]*\}/g) ?? [];
	const [{ css }] = await new PurgeCSS().purge({
		content: [{ raw: html, extension: 'html' }],
		css: [{ raw: whole.replace(/@font-face\{[^}]*\}/g, '') }]
	});
	const usedFaces = faces
		.filter((face) => css.includes(/font-family:"?([\w]+)/.exec(face)?.[1] ?? '?'))
		.map((face) => face.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, ''));
	const target = join(folder, '_app', 'katex');
	mkdirSync(join(target, 'fonts'), { recursive: true });
	const trimmed = usedFaces.join('') + css;
	writeFileSync(join(target, 'katex.min.css'), trimmed);
	for (const [, name] of trimmed.matchAll(/url\(fonts\/([\w-]+\.woff2)\)/g)) {
		const font = readFileSync(join(katex, 'fonts', name));
		const subset = await subsetFont(font, [...text].join(''), { targetFormat: 'woff2' });
		writeFileSync(join(target, 'fonts', name), subset);
	}
}
