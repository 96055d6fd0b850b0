/** Text as the value of an attribute in HTML. */
export function escapeAttribute(text: string): string {
	const names: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
	return text.replace(/[&"<>]/g, (character) => names[character]);
}

/**
 * Code that shows a figure in a page of others: a frame, and the script that gives it its height.
 * Where the page allows no script, the frame keeps the height written here.
 */
export function embedCode(address: string, title: string): string {
	const script = new URL('../../host.js', address.split('?')[0]).href;
	return [
		`<iframe src="${escapeAttribute(address)}" title="${escapeAttribute(title)}"`,
		' width="100%" height="720" style="border: 0" loading="lazy" allow="clipboard-write"></iframe>',
		`<script src="${escapeAttribute(script)}" async></script>`
	].join('\n');
}

/** The page that makes variants of a figure, from the address of the figure's own page. */
export function variantForm(address: string): string {
	return address.replace(/embed\/([^/]+)\/([\w.]*)\?/, 'make/$2?figure=$1&');
}
