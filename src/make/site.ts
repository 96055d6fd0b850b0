/** The root of the site: the pages that make and show variants are folders in it. */
export const SITE = new URL('../', location.href).href.split(/[?#]/)[0];

let loaded = false;

/** Sizes the frames of this page, as in a page of others. */
export function loadHostScript(): void {
	if (loaded) return;
	loaded = true;
	const script = document.createElement('script');
	script.src = `${SITE}host.js`;
	document.head.append(script);
}
