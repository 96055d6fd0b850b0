import { marksOf } from '$ui/numberMarks';

/** A number as the site writes it: thousands apart by commas, a point before the fraction. */
const NUMBER = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+/g;
/** What is no prose: code, and what the reader types. */
const VERBATIM = 'code, pre, textarea, script, style';

/** A text of the site with its numbers as a language writes them: "1,234.5" is "1.234,5" in German. */
export function inLanguage(text: string, language: string): string {
	const { group, decimal } = marksOf(language);
	return text.replace(NUMBER, (number) =>
		number.replace(/[.,]/g, (mark) => (mark === ',' ? group : decimal))
	);
}

/** What screen readers are told beside the texts. */
const SPOKEN = ['aria-label', 'aria-valuetext'];

/**
 * Writes the numbers of a figure as a language does, now and whenever they change. The words stay
 * English; number boxes have the marks of the language by themselves.
 */
export function followLanguage(root: Node, language: string): void {
	/** What was written here is not read again, or 0,500 would be taken for five hundred. */
	const written = new WeakMap<Node, string>();
	function rewrite(text: Text | Attr) {
		const holder = text instanceof Attr ? text.ownerElement : text.parentElement;
		const was = text.nodeValue ?? '';
		if (written.get(text) === was || holder?.closest(VERBATIM)) return;
		const now = inLanguage(was, language);
		written.set(text, now);
		if (now !== was) text.nodeValue = now;
	}
	function rewriteSpoken(element: Element) {
		for (const name of SPOKEN) {
			const spoken = element.getAttributeNode(name);
			if (spoken) rewrite(spoken);
		}
	}
	function rewriteAll(node: Node) {
		const nodes = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
		for (let each: Node | null = node; each; each = nodes.nextNode()) {
			if (each instanceof Text) rewrite(each);
			else if (each instanceof Element) rewriteSpoken(each);
		}
	}
	rewriteAll(root);
	new MutationObserver((changes) => {
		for (const { type, target, addedNodes } of changes) {
			if (type === 'characterData') rewrite(target as Text);
			else if (type === 'attributes') rewriteSpoken(target as Element);
			else addedNodes.forEach(rewriteAll);
		}
	}).observe(root, {
		subtree: true,
		childList: true,
		characterData: true,
		attributeFilter: SPOKEN
	});
}
