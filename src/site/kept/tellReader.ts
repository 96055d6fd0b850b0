import { mount, unmount } from 'svelte';
import type { Trouble } from './answerStore';
import TroubleNotice from './TroubleNotice.svelte';

/** Says at the foot of the window what became of what the reader's browser keeps. */
export function tellReader(trouble: Trouble): void {
	const settings = document.querySelector<HTMLAnchorElement>('a[data-settings]');
	// A figure alone in a stranger's page has no such link and does not speak for the browser.
	if (!settings) return;
	const notice = mount(TroubleNotice, {
		target: document.body,
		props: { trouble, settings: settings.href, ondismiss: () => void unmount(notice) }
	});
}
