import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pagesOf } from './pages.js';

/**
 * Looks through the built pages for what the build itself lets pass: formulas left as they were
 * written, links that lead nowhere, anything from another host.
 * @param {string} folder
 */
export function checkPages(folder) {
	const faults = pagesOf(folder).flatMap((page) =>
		faultsOf(page, readFileSync(page, 'utf8')).map((fault) => `${page}: ${fault}`)
	);
	for (const fault of faults) console.error(fault);
	return faults.length === 0;
}

/**
 * @param {string} page
 * @param {string} html
 */
function faultsOf(page, html) {
	const faults = [];
	const prose = html
		.replace(/<(script|style|code|pre|textarea|annotation)\b[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, ' ');
	const stray = /.{0,30}\$.{0,30}/.exec(prose);
	if (stray) faults.push(`a stray “$” in “…${stray[0].trim()}…”. Close the formula.`);
	const twice = /.{0,30}<\/output>\s*([A-Za-z%]+)\s+\1\b.{0,20}/.exec(html);
	if (twice) faults.push(`the unit twice in “…${twice[0]}…”. <Value> writes it.`);
	if (html.includes('katex-error')) faults.push('a formula that could not be typeset.');
	for (const [, address] of html.matchAll(
		/<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="(https?:|\/\/)[^"]*"/g
	)) {
		faults.push(`something is fetched from another host (${address}).`);
	}
	for (const [, href] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
		if (/^(https?:|mailto:|data:|blob:)/.test(href)) continue;
		const [path, anchor] = href.replace(/&amp;/g, '&').split('#');
		const target = normalize(join(dirname(page), path.split('?')[0]));
		const file =
			path === ''
				? page
				: target.endsWith('/') || path.endsWith('/')
					? join(target, 'index.html')
					: target;
		const index = existsSync(file) && !file.includes('.') ? join(file, 'index.html') : file;
		if (href.startsWith('/'))
			faults.push(`the link “${href}” breaks under a sub-path. Make it relative.`);
		else if (!existsSync(index)) faults.push(`the link “${href}” leads nowhere.`);
		else if (
			anchor &&
			!readFileSync(index, 'utf8').includes(`id="${decodeURIComponent(anchor)}"`)
		) {
			faults.push(`the link “${href}” names no place on its page.`);
		}
	}
	return faults;
}
