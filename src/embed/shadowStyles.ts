import base from '$ui/base.css?inline';
import tokens from '$ui/tokens.css?inline';

/** The figure's ground inside a shadow root; as on a page, `js` says that it is scripted. */
export const GROUND = 'rollout js';

/** Nothing that a page sets on the element, or hands down to it, reaches the figure. */
const FRAME = `
:host { display: block; }
:host([hidden]) { display: none; }
.rollout {
	all: initial;
	display: block;
	color: var(--ink);
	color-scheme: light dark;
	font: 16px / 1.5 var(--sans);
}
.rollout[data-theme='light'] { color-scheme: light; }
.rollout[data-theme='dark'] { color-scheme: dark; }
.rollout figure { margin-block: 0; }
.rollout[data-background='transparent'] figure { background: none; }
.rollout[data-compact] figure { padding: 8px; border: 0; }
`;

/** A page may give its root another size of type than the browser; the figure keeps the browser's. */
const REM = 16;

/** A style sheet of the site as it works in a shadow root. */
export function forShadow(css: string): string {
	return css
		.replace(/([\d.]+)rem\b/g, (_, size) => `${Number(size) * REM}px`)
		.replaceAll(':root', '.rollout');
}

/**
 * Puts the site's styles into a shadow root, and those of components as they come. Made as sheets, not
 * as elements, they stand where a page's policy forbids inline styles.
 */
export function styleShadow(shadow: ShadowRoot): void {
	const known = new Set<string>();
	const add = (css: string) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(forShadow(css));
		shadow.adoptedStyleSheets.push(sheet);
	};
	for (const css of [tokens, base, FRAME]) add(css);

	const append = shadow.appendChild.bind(shadow);
	shadow.appendChild = <T extends Node>(node: T): T => {
		if (!(node instanceof HTMLStyleElement)) return append(node);
		if (!known.has(node.id)) add(node.textContent);
		known.add(node.id);
		return node;
	};
}
