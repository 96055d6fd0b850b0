/**
 * Says in the page’s notice that a new version is ready, and puts it in place when the reader asks.
 * Until then every page stays with the version that it has.
 */
export function offerUpdate(registration: ServiceWorkerRegistration, notice: HTMLElement): void {
	const wasControlled = navigator.serviceWorker.controller !== null;
	let loading = false;

	function offer() {
		const words = document.createElement('span');
		words.textContent = 'A new version of Rollout is ready.';
		notice.replaceChildren(
			words,
			button('Load it', load),
			button('Later', () => notice.replaceChildren())
		);
	}

	function load() {
		loading = true;
		const { waiting } = registration;
		if (!waiting) return location.reload();
		waiting.addEventListener('statechange', () => {
			if (waiting.state === 'activated') location.reload();
		});
		waiting.postMessage({ ask: 'take over' });
	}

	function watch() {
		const { installing } = registration;
		installing?.addEventListener('statechange', () => {
			if (installing.state === 'installed' && registration.active) offer();
		});
	}

	if (registration.waiting && registration.active) offer();
	watch();
	registration.addEventListener('updatefound', watch);
	navigator.serviceWorker.addEventListener('controllerchange', () => {
		// Another window has put the new version in place; this page is of the older one.
		if (wasControlled && !loading) offer();
	});
}

function button(words: string, onclick: () => void): HTMLButtonElement {
	const element = document.createElement('button');
	element.type = 'button';
	element.textContent = words;
	element.addEventListener('click', onclick);
	return element;
}
