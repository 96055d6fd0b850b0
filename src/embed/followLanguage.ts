/** A number as the site writes it: thousands apart by commas, a point before the fraction. */
const NUMBER = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+/g;
/** What is no prose: code, and what the reader types. */
const VERBATIM = 'code, pre, textarea, script, style';

/** Marks of a language for thousands and fractions. */
function marksOf(language: string) {
	const parts = new Intl.NumberFormat(language, { useGrouping: 'always' } as never).formatToParts(
		1234567.8
	);
	const of = (type: string) => parts.find((part) => part.type === type)?.value;
	return { group: of('group') ?? '', decimal: of('decimal') ?? '.' };
}

/** A text of the site with its numbers as a language writes them: "1,234.5" is "1.234,5" in German. */
export function inLanguage(text: string, language: string): string {
	const { group, decimal } = marksOf(language);
	return text.replace(NUMBER, (number) =>
		number.replace(/[.,]/g, (mark) => (mark === ',' ? group : decimal))
	);
}

/**
 * Writes the numbers of a figure as a language does, now and whenever they change. The words stay
 * English, and number boxes take either mark.
 */
export function followLanguage(root: Node, language: string): void {
	function rewrite(text: Node) {
		if (text.parentElement?.closest(VERBATIM)) return;
		const was = text.nodeValue ?? '';
		const now = inLanguage(was, language);
		if (now !== was) text.nodeValue = now;
	}
	function rewriteAll(node: Node) {
		if (node.nodeType === Node.TEXT_NODE) return rewrite(node);
		const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) rewrite(texts.currentNode);
	}
	const watcher = new MutationObserver((changes) => {
		for (const { type, target, addedNodes } of changes) {
			if (type === 'characterData') rewrite(target);
			else addedNodes.forEach(rewriteAll);
		}
		// What was just written would otherwise be read again, and 0,500 taken for five hundred.
		watcher.takeRecords();
	});
	rewriteAll(root);
	watcher.observe(root, { subtree: true, childList: true, characterData: true });
}
