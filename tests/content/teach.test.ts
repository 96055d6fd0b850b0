import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lessons } from '../../src/content/lessons.server';
import { decodeState } from '../../src/player/figureState';
import type { Result, Schema, Spec } from '../../src/widgets/contract';

const specs = new Map(
	Object.values(
		import.meta.glob<Spec<Schema, Result>>('/src/widgets/*/spec.ts', {
			eager: true,
			import: 'spec'
		})
	).map((spec) => [spec.name, spec])
);

const SECTIONS = [
	'Goals',
	'Plan for 50 minutes',
	'Worksheet: predict, observe, explain',
	'Misconceptions to listen for',
	'Presets to project',
	'Answer key',
	'Two questions to discuss',
	'Embedding'
];

describe.each(lessons)('teaching notes of $slug', ({ file }) => {
	const notes = file.replace(/lesson\.md$/, 'teach.md');
	const text = existsSync(notes) ? readFileSync(notes, 'utf8') : '';

	test('hold what a class needs, in one order', () => {
		expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
	});

	test('name at least three states that their figures have', () => {
		const links = [...text.matchAll(/\]\(\/embed\/([^/]*)\/\??([^)]*)\)/g)];
		expect(links.length).toBeGreaterThanOrEqual(3);
		for (const [link, name, query] of links) {
			const spec = specs.get(name);
			expect(spec, link).toBeDefined();
			const settings = Object.fromEntries(new URLSearchParams(query));
			expect(decodeState(spec!, settings).notices, link).toEqual([]);
		}
	});
});
