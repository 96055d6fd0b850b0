const SYMBOL = '.katex [data-param]';

/**
 * A symbol in a formula and the control that sets it light up together, whichever the pointer or
 * the focus is on; a click on the symbol goes to the control.
 */
export function linkSymbols(): void {
	let lit: Element[] = [];

	function light(event: Event) {
		for (const element of lit) element.removeAttribute('data-linked');
		lit = [];
		const over = event.target instanceof Element ? event.target.closest('[data-param]') : null;
		const name = over?.getAttribute('data-param');
		if (!name) return;
		const partners = [...document.querySelectorAll(`[data-param="${CSS.escape(name)}"]`)];
		if (partners.length < 2) return;
		lit = partners;
		for (const element of lit) element.setAttribute('data-linked', '');
	}

	document.addEventListener('pointerover', light);
	document.addEventListener('focusin', light);
	document.addEventListener('click', (event) => {
		const symbol = event.target instanceof Element ? event.target.closest(SYMBOL) : null;
		const name = symbol?.getAttribute('data-param');
		if (!name) return;
		const control = [...document.querySelectorAll(`[data-param="${CSS.escape(name)}"]`)].find(
			(element) => !element.closest('.katex')
		);
		control?.scrollIntoView({ block: 'center' });
		control?.querySelector<HTMLElement>('input, select, button')?.focus({ preventScroll: true });
	});
}
