import { error } from '@sveltejs/kit';
import { findWidget, widgetNames } from '$player/findWidget';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => widgetNames().map((name) => ({ name }));

export const load: PageLoad = async ({ params: { name }, data }) => {
	const widget = await findWidget(name);
	if (!widget) error(404, `There is no widget “${name}”.`);
	return { ...data, ...widget };
};
