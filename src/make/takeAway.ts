import { joinChoices } from '$embed/choices';
import { escapeAttribute } from '$player/embedCode';
import type { Entries } from './variant';

/** Beyond this many characters some learning platforms and mail programs cut a link. */
export const LONG_LINK = 2000;

/** Entries as they stand in an address. */
export function searchOf(entries: Entries): string {
	return new URLSearchParams(entries.map(([name, text]) => [name, text])).toString();
}

/** A page of the site, with entries in its address. */
export function pageLink(site: string, folder: string, entries: Entries): string {
	const url = new URL(folder, site);
	// A disk opens files, not folders.
	if (url.protocol === 'file:') url.pathname += 'index.html';
	url.search = searchOf(entries);
	return url.href;
}

/** The address of a figure's own page, as the entries ask for it. */
export function figureLink(site: string, name: string, entries: Entries): string {
	return pageLink(site, `embed/${name}/`, entries);
}

/** Code for a page of others: the element, with the entries as its attributes. */
export function elementCode(site: string, name: string, entries: Entries): string {
	const choices = entries.filter(([key]) => key === 'choice').map(([, text]) => text);
	const attributes: Entries = [
		['name', name],
		...entries.filter(([key]) => key !== 'choice'),
		...(choices.length > 0 ? [['choice', joinChoices(choices)] as const] : [])
	];
	const written = attributes.map(([key, text]) => ` ${key}="${escapeAttribute(text)}"`);
	return [
		`<script type="module" src="${escapeAttribute(new URL('element.js', site).href)}"></script>`,
		`<rollout-widget${written.join('')}></rollout-widget>`
	].join('\n');
}
