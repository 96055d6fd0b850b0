import { error } from '@sveltejs/kit';
import { highlightToHtml } from '$content/highlightCode.js';
import { findWidget, widgetNames } from '$player/findWidget';
import type { EntryGenerator, PageServerLoad } from './$types';

const kernels = import.meta.glob<string>('/src/kernels/**/*.ts', {
	query: '?raw',
	import: 'default'
});

export const entries: EntryGenerator = () => widgetNames().map((name) => ({ name }));

export const load: PageServerLoad = async ({ params: { name } }) => {
	const widget = await findWidget(name);
	if (!widget) error(404, `There is no widget “${name}”.`);
	const { spec } = widget;
	const files = spec.source.map(async (path) => {
		const read = kernels[`/src/${path}`];
		if (!read) {
			throw new Error(
				`src/widgets/${name}/spec.ts: source “${path}” is no kernel. Give paths from src/.`
			);
		}
		return { path: `src/${path}`, html: await highlightToHtml(await read(), 'typescript') };
	});
	return {
		name,
		title: spec.title,
		evidence: Object.values(spec.quantities).map(({ label, kind, evidence }) => ({
			label,
			kind,
			...evidence
		})),
		files: await Promise.all(files)
	};
};
