import { mount } from 'svelte';
import Class from './Class.svelte';
import { readClass } from './classList';

/** Puts the class list of the address in the place of the words that stood for it. */
export function wakeClass(target: HTMLElement): void {
	const titles: Record<string, string> = JSON.parse(target.dataset.titles!);
	const given = readClass(new URLSearchParams(location.search), (name) =>
		Object.hasOwn(titles, name)
	);
	target.replaceChildren();
	mount(Class, { target, props: { titles, ...given } });
}
