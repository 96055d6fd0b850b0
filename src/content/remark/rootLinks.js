import { visit } from './visit.js';

/** Every text stands two folders deep: /lessons/<slug>/ or /teach/<slug>/. */
const ROOT = '../..';

/** Makes links from the site’s root, such as /embed/cobweb/, hold under any sub-path. */
export function rootLinks() {
	return (/** @type {import('./visit.js').Node & { url?: string }} */ tree) => {
		visit(tree, (/** @type {import('./visit.js').Node & { url?: string }} */ node) => {
			if (node.type === 'link' && node.url?.startsWith('/')) node.url = ROOT + node.url;
		});
	};
}
