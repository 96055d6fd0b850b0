/**
 * Before the page is printed, writes its address under its title, and under each figure that sleeps
 * the address that shows it as it is drawn. A live figure writes its own (player/PrintedState.svelte).
 */
export function printAddresses(): void {
	const page = location.href.split(/[?#]/)[0];
	function write() {
		for (const place of document.querySelectorAll('.address:empty')) {
			const figure = place.closest('figure');
			place.textContent = figure ? `${page}#${figure.id}` : page;
			if (place instanceof HTMLAnchorElement) place.href = place.textContent;
		}
	}
	addEventListener('beforeprint', write);
	matchMedia('print').addEventListener('change', write);
}
