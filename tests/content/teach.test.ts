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

	test('time the worksheet, and number its rows and the predictions of the figures as the key does', () => {
		const part = (title: string) =>
			text.split(new RegExp(`^## ${title}.*$`, 'm'))[1].split(/^## /m)[0];
		const worksheet = part('Worksheet');
		for (const step of ['predict', 'observe', 'explain']) {
			expect(worksheet).toMatch(
				new RegExp(`\\b(two|three|four|five|six)( minutes)? to ${step}`, 'i')
			);
		}
		const rows = [...worksheet.matchAll(/^\| (W\d+): /gm)].map(([, code]) => code);
		expect(rows.length).toBeGreaterThanOrEqual(4);
		const covered = [...readFileSync(file, 'utf8').matchAll(/<Widget [^>]*predict=/g)];
		const codes = [...covered.map((_, i) => `P${i + 1}`), ...rows.map((_, i) => `W${i + 1}`)];
		expect(rows).toEqual(codes.slice(covered.length));
		const answered = [...part('Answer key').matchAll(/^- ([PW]\d+)[,:] /gm)].map(
			([, code]) => code
		);
		expect(answered).toEqual(codes);
		expect(worksheet).toMatch(/\]\(\/embed\//);
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
