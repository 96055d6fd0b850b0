import { qrCode } from './qrCode';

/** Puts a code after each link to a figure, now that the site's address is known. */
export function wakeHandout(handout: HTMLElement): void {
	// A sheet opened from a disk leads nowhere that a phone could go.
	if (!location.protocol.startsWith('http')) return;
	for (const link of handout.querySelectorAll<HTMLAnchorElement>('a[href*="/embed/"]')) {
		const written = link.classList.contains('state');
		const what = written ? link.closest('figure')?.querySelector('figcaption') : link;
		const code = codeOf(link.href, what?.textContent?.trim() ?? '');
		if (written) link.textContent = link.href;
		if (code) link.after(code);
	}
	handout.querySelector('.where')?.remove();
	const host = handout.querySelector<HTMLElement>('.host')!;
	host.querySelector('b')!.textContent = location.host;
	host.hidden = false;
}

function codeOf(address: string, what: string): SVGSVGElement | undefined {
	try {
		return qrCode(address, `Code that opens: ${what}`);
	} catch {
		// Longer than a code can hold: the address stands as text.
		return undefined;
	}
}
