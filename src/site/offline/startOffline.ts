import { ask } from './messages';
import { offerUpdate } from './offerUpdate';
import { showKeptPages } from './showKeptPages';
import { activeWorker, register } from './worker';

/** The address of the site; a page that was taken out of it has none. */
function siteRoot(): URL | undefined {
	if (document.querySelector('.slides')) return new URL('../../../', location.href);
	const home = document.querySelector<HTMLAnchorElement>('a.brand[href]');
	// On a site from a disk, on a host now, the link ends with the page's file.
	return home ? new URL('.', home.href) : undefined;
}

/**
 * Keeps the page that is open for a time without a network, and watches for a new version, of which it
 * tells where the page has a place for it: slides are not disturbed.
 */
export async function startOffline(notice: HTMLElement | null): Promise<void> {
	const root = siteRoot();
	if (!root) return;
	const settings = document.getElementById('offline-copy');
	if (settings) {
		const { wakeOfflineCopy } = await import('./wakeOfflineCopy');
		wakeOfflineCopy(settings, root);
	}
	const registration = await register(root);
	if (typeof registration === 'string') return;
	if (notice) offerUpdate(registration, notice);
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
