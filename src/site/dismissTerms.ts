/** Escape hides the meaning of a glossary term until the reader comes back to it. */
export function dismissTerms(): void {
	document.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		for (const term of document.querySelectorAll<HTMLElement>('.term:is(:hover, :focus-within)')) {
			term.dataset.dismissed = '';
			const back = () => delete term.dataset.dismissed;
			term.addEventListener('mouseleave', back, { once: true });
			term.addEventListener('focusout', back, { once: true });
		}
	});
}
