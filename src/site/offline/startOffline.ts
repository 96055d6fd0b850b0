import { ask } from './messages';
import { offerUpdate } from './offerUpdate';
import { showKeptPages } from './showKeptPages';
import { activeWorker, register } from './worker';

/** Keeps the page that is open for a time without a network, and watches for a new version. */
export async function startOffline(notice: HTMLElement): Promise<void> {
	// The site’s name links to its root; a page that was taken out of the site has no such link.
	const home = document.querySelector<HTMLAnchorElement>('a.brand[href]');
	if (!home) return;
	// On a site from a disk, on a host now, the link ends with the page's file.
	const root = new URL('.', home.href);
	const settings = document.getElementById('offline-copy');
	if (settings) {
		const { wakeOfflineCopy } = await import('./wakeOfflineCopy');
		wakeOfflineCopy(settings, root);
	}
	const registration = await register(root);
	if (typeof registration === 'string') return;
	offerUpdate(registration, notice);
	if (registration.active) {
		registration.update().catch(() => {
			// Without a network there is nothing new.
		});
	}
	const worker = await activeWorker(registration);
	if (!worker) return;
	const { state } = await ask(worker, { ask: 'keep page', page: location.href });
	if (state) showKeptPages(state.pages, root);
}
