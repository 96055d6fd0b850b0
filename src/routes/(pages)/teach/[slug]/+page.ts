import type { Component } from 'svelte';
import type { PageLoad } from './$types';

const texts = import.meta.glob<{ default: Component }>([
	'/content/[0-9]*/teach.md',
	'/content/primers/[0-9]*/teach.md'
]);

export const load: PageLoad = async ({ data }) => {
	const file = data.lesson.file.replace(/lesson\.md$/, 'teach.md');
	const read = texts[`/${file}`];
	if (!read) throw new Error(`${file} is missing: write the teaching notes of this lesson.`);
	return { ...data, Text: (await read()).default };
};
