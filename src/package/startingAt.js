import { scriptText } from './markup.js';

/**
 * A single file that starts as the address of its page would say: where the file's own address asks
 * for nothing, it takes this in its place.
 * @param {Pick<import('./singleFile.js').Site, 'sha256'>} site
 * @param {string} html from `singleFile`
 * @param {string} search options and settings, as in an address after its question mark
 */
export async function startingAt(site, html, search) {
	const code = scriptText(
		`location.search||history.replaceState(null,"",${JSON.stringify(`?${search}`)}+location.hash)`
	);
	const hash = await site.sha256(code);
	return html
		.replace('script-src ', () => `script-src 'sha256-${hash}' `)
		.replace('</head>', () => `<script>${code}</script></head>`);
}
