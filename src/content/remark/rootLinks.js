import { visit } from './visit.js';

/**
 * Makes links from the site’s root, such as /embed/cobweb/, hold under any sub-path and on every page
 * that shows the text.
 */
export function rootLinks() {
	return (/** @type {import('./visit.js').Node} */ tree) => {
		visit(tree, (/** @type {import('./visit.js').Node & { url?: string }} */ node) => {
			if (node.type !== 'link' || !node.url?.startsWith('/')) return;
			const html = (/** @type {string} */ value) => ({
				type: 'html',
				value,
				position: node.position
			});
			return [
				html(`<a href={resolve(${JSON.stringify(node.url)})}>`),
				...(node.children ?? []),
				html('</a>')
			];
		});
	};
}
