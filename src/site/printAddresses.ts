/**
 * Before the page is printed, writes its address under its title, and under each figure that sleeps
 * the address that shows it as it is drawn. A live figure writes its own (player/PrintedState.svelte).
 */
export function printAddresses(): void {
	const page = location.href.split(/[?#]/)[0];
	function write() {
		for (const link of document.querySelectorAll<HTMLAnchorElement>('.address:empty')) {
			const figure = link.closest('figure');
			link.href = figure ? `${page}#${figure.id}` : page;
			link.textContent = link.href;
		}
	}
	addEventListener('beforeprint', write);
	matchMedia('print').addEventListener('change', write);
}
