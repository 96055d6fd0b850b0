import { mount } from 'svelte';
import Lab from './Lab.svelte';
import { readAddress } from './labAddress';

/** Puts the Lab in the place of the words that stood for it. */
export function wakeLab(target: HTMLElement): void {
	target.replaceChildren();
	mount(Lab, { target, props: readAddress(location.search) });
}
