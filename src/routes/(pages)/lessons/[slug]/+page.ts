import type { Component } from 'svelte';
import type { PageLoad } from './$types';

interface CompiledLesson {
	default: Component<{ paper: unknown; sources: unknown }>;
	headings: readonly { id: string; text: string; depth: number }[];
}

const texts = import.meta.glob<CompiledLesson>([
	'/content/[0-9]*/lesson.md',
	'/content/primers/[0-9]*/lesson.md'
]);

export const load: PageLoad = async ({ data }) => {
	const { default: Text, headings } = await texts[`/${data.lesson.file}`]();
	return { ...data, Text, headings };
};
