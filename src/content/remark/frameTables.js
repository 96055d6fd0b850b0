import { visit } from './visit.js';

/** Puts each table into a frame that scrolls on a narrow page and that the keyboard can reach. */
export function frameTables() {
	return (/** @type {import('./visit.js').Node} */ tree) =>
		visit(tree, (node) => {
			if (node.type !== 'table') return;
			const html = (/** @type {string} */ value) => ({
				type: 'html',
				value,
				position: node.position
			});
			return [
				html(
					'<!-- svelte-ignore a11y_no_noninteractive_tabindex --><div class="table" role="region" aria-label="Table" tabindex="0">'
				),
				node,
				html('</div>')
			];
		});
}
