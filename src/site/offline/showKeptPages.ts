import { pathOf } from './fileList';

/** On the page that stands in without a network: shows which lessons can be read. */
export function showKeptPages(pages: readonly string[], root: URL): void {
	const list = document.getElementById('kept-pages');
	if (!list) return;
	for (const link of list.querySelectorAll('a')) {
		const path = pathOf(new URL(link.href), root);
		link.closest('li')!.hidden = path === undefined || !pages.includes(path);
	}
	list.hidden = !list.querySelector('li:not([hidden])');
}
