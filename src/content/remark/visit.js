/**
 * @typedef {object} Node A Markdown syntax node, as far as the plugins here look at it.
 * @property {string} type
 * @property {string} [value]
 * @property {string} [lang]
 * @property {number} [depth]
 * @property {string} [identifier]
 * @property {Node[]} [children]
 * @property {Record<string, unknown>} [data]
 * @property {{ start: { line: number, offset: number }, end: { line: number, offset: number } }} position
 */

/**
 * Calls `look` on every node, parents first. `look` may return nodes that take the node's place;
 * these are not looked at again.
 * @param {Node} tree
 * @param {(node: Node, parent: Node) => Node[] | void} look
 */
export function visit(tree, look) {
	tree.children = tree.children?.flatMap((child) => {
		const replacement = look(child, tree);
		if (replacement) return replacement;
		visit(child, look);
		return [child];
	});
}

/**
 * The words of a node, without markup.
 * @param {Node} node
 * @returns {string}
 */
export function textOf(node) {
	return node.value ?? (node.children ?? []).map(textOf).join('');
}
