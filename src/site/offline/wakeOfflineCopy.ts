import { mount } from 'svelte';
import OfflineCopy from './OfflineCopy.svelte';

/** Puts the live control of the copy in the place of the words that stood for it. */
export function wakeOfflineCopy(target: HTMLElement, root: URL): void {
	target.replaceChildren();
	mount(OfflineCopy, { target, props: { root } });
}
