import type { Component } from 'svelte';
import type { Result, Schema, Spec } from '$widgets/contract';

const specs = import.meta.glob<Spec<Schema, Result>>('../widgets/*/spec.ts', { import: 'spec' });
const views = import.meta.glob<Component<never>>('../widgets/*/View.svelte', { import: 'default' });

/** Folders of src/widgets/ are the widgets; nothing else lists them. */
export function widgetNames(): string[] {
	return Object.keys(specs).map((path) => path.split('/').at(-2)!);
}

export async function findWidget(
	name: string
): Promise<{ spec: Spec<Schema, Result>; View: Component<never> } | undefined> {
	const path = `../widgets/${name}`;
	if (!Object.hasOwn(specs, `${path}/spec.ts`)) return undefined;
	const [spec, View] = await Promise.all([
		specs[`${path}/spec.ts`](),
		views[`${path}/View.svelte`]()
	]);
	return { spec, View };
}
