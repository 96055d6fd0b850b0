import type { Lesson } from './readLessons';

const notes = import.meta.glob<string>(
	['/content/[0-9]*/teach.md', '/content/primers/[0-9]*/teach.md'],
	{ query: '?raw', import: 'default', eager: true }
);

/** The widgets that the worksheet of a lesson links to. */
export function worksheetWidgets(lesson: Lesson): string[] {
	const text = notes[`/${lesson.file.replace(/lesson\.md$/, 'teach.md')}`] ?? '';
	const [, worksheet = ''] = /^## Worksheet\b.*\n([\s\S]*?)(?=^## )/m.exec(text) ?? [];
	return [...worksheet.matchAll(/\]\(\/embed\/([\w-]+)\//g)].map(([, name]) => name);
}
