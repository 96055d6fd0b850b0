import { textOf, visit } from './visit.js';

const SENTENCE_END = /[.?!][”’)]*(?=\s)/g;
/** A full stop that ends no sentence: “Dr. GRPO”, “et al.”, “J. Smith”. */
const ABBREVIATION = /(?:^|[\s(])(?:Dr|e\.g|i\.e|cf|vs|al|approx|[A-Z])\.$/;
/** “Why?” alone says nothing. */
const FEWEST_WORDS = 4;

/**
 * Puts what follows the first sentence of each paragraph into <Rest>: a slide shows the first
 * sentence and keeps the rest back.
 */
export function leadSentences() {
	return (/** @type {import('./visit.js').Node} */ tree) =>
		visit(tree, (node, parent) => {
			if (node.type !== 'paragraph' || parent.type === 'footnoteDefinition') return;
			const children = node.children ?? [];
			const cut = cutAfterLead(children);
			if (!cut) return;
			const { at, lead, rest } = cut;
			const text = (/** @type {string} */ value) => ({ ...children[at], type: 'text', value });
			const html = (/** @type {string} */ value) => ({ ...children[at], type: 'html', value });
			const after = children.slice(at + 1);
			if (rest.trim() === '' && after.length === 0) return;
			// The space before it stays outside: Svelte drops it at the start of a component.
			node.children = [
				...children.slice(0, at),
				text(lead),
				text(' '),
				html('<Rest>'),
				text(rest.trimStart()),
				...after,
				html('</Rest>')
			];
		});
}

/**
 * Where the first sentence ends: in which node, and what of its text belongs to which side. Never
 * between the two ends of a tag.
 * @param {import('./visit.js').Node[]} nodes
 */
function cutAfterLead(nodes) {
	let words = '';
	let open = 0;
	for (const [at, node] of nodes.entries()) {
		const text = node.value ?? '';
		if (node.type === 'html') {
			if (text.startsWith('</')) open--;
			else if (!text.endsWith('/>')) open++;
			continue;
		}
		if (open === 0 && node.type === 'text') {
			const previous = nodes[at - 1];
			const titled = previous?.type === 'strong' && /[.?!]”?$/.test(textOf(previous));
			if (titled && at === 1) return { at, lead: '', rest: text };
			for (const { index, 0: end } of text.matchAll(SENTENCE_END)) {
				const to = index + end.length;
				const lead = text.slice(0, to);
				if (isSentence(words + lead)) return { at, lead, rest: text.slice(to) };
			}
		}
		words += textOf(node);
	}
}

/** @param {string} words */
function isSentence(words) {
	return !ABBREVIATION.test(words) && words.trim().split(/\s+/).length >= FEWEST_WORDS;
}
