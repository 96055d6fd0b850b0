import { curlQuotes } from '../curlQuotes.js';

/** Parts of running text that print something of their own, such as code and formulas. */
const SOLID = ['inlineCode', 'inlineMath', 'image', 'footnoteReference'];

/** Sets the quotation marks of prose as in print; code, formulas and tags are left as they are. */
export function curlText() {
	return (/** @type {import('./visit.js').Node} */ tree) => {
		let before = '';
		/** @param {import('./visit.js').Node} node */
		function walk(node) {
			if (node.type === 'text' && node.value) {
				node.value = curlQuotes(node.value, before);
				before = node.value.at(-1) ?? before;
			} else if (SOLID.includes(node.type)) {
				before = 'x';
			} else if (node.type === 'html') {
				if (/\/>\s*$/.test(node.value ?? '')) before = 'x';
			} else {
				if (['paragraph', 'heading', 'tableCell', 'listItem'].includes(node.type)) before = '';
				node.children?.forEach(walk);
			}
		}
		walk(tree);
	};
}
