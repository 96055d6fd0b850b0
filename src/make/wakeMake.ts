import { mount } from 'svelte';
import type { Catalogue } from './catalogue';
import Make from './Make.svelte';

/** Puts the form for variants in the place of the words that stood for it. */
export function wakeMake(target: HTMLElement): void {
	const catalogue: Catalogue = JSON.parse(target.dataset.catalogue!);
	target.replaceChildren();
	mount(Make, { target, props: { catalogue, search: location.search } });
}
