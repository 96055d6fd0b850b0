import { mount } from 'svelte';
import Kept from './Kept.svelte';

/** Puts what is kept in the place of the words that stood for it. */
export function wakeKept(target: HTMLElement): void {
	const titles: Record<string, string> = JSON.parse(target.dataset.titles!);
	target.replaceChildren();
	mount(Kept, { target, props: { titles: new Map(Object.entries(titles)) } });
}
