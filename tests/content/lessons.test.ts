import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lessons } from '../../src/content/lessons.server';
import { paperBySlug, papers } from '../../src/content/papers.server';
import { readingPath } from '../../src/content/readingPath.server';
import { readLessons } from '../../src/content/readLessons';
import { TRACK_NAMES } from '../../src/content/tracks';

const matter = (fields: string) => `---
title: A title
summary: A sentence.
minutes: 20
goals: [one, two, three]
date: 2026-11-24
${fields}
---
`;

const PRIMER = (folder: string) => `content/primers/${folder}/lesson.md`;
const LESSON = (folder: string) => `content/${folder}/lesson.md`;

/** A few lessons, given out of order. */
const RIGHT = {
	[LESSON('10-pluralllm')]: matter('paper: 10-pluralllm'),
	[LESSON('30-grpo-dynamics')]: matter('paper: 30-grpo-dynamics\nprerequisites: [second]'),
	[LESSON('23-mrt')]: matter('paper: 23-mrt\nprerequisites: [grpo-dynamics, deepseek-techniques]'),
	[PRIMER('02-second')]: matter('prerequisites: [first]\nwhy: It goes on.'),
	[PRIMER('01-first')]: matter('related: [second, mrt]')
};

describe('readLessons', () => {
	test('puts primers first, by number, and papers by track and place in it', () => {
		const read = readLessons(RIGHT, papers);
		expect(read.map(({ slug }) => slug)).toEqual([
			'first',
			'second',
			'grpo-dynamics',
			'mrt',
			'pluralllm'
		]);
		expect(read[1]).toMatchObject({ track: 'foundations', number: 2, why: 'It goes on.' });
		expect(read[1].record).toBeUndefined();
		expect(read[2]).toMatchObject({ track: 'reasoning', number: 30 });
	});

	test.each<[string, string, string, number | undefined, string]>([
		[
			'a folder without a number',
			PRIMER('first'),
			matter(''),
			undefined,
			'the folder’s name will not do. Name it NN-slug.'
		],
		[
			'a primer with a paper’s slug',
			PRIMER('03-mrt'),
			matter(''),
			undefined,
			'the slug “mrt” is that of paper 23.'
		],
		[
			'a primer that names a paper',
			PRIMER('03-third'),
			matter('paper: 23-mrt'),
			7,
			'field “paper”: there is no such field'
		],
		[
			'a lesson without its paper',
			LESSON('13-search-r1'),
			matter(''),
			2,
			'field “paper”: expected this field, got nothing. Add it'
		],
		[
			'a lesson on another’s paper',
			LESSON('13-search-r1'),
			matter('paper: 23-mrt'),
			7,
			'the paper “23-mrt” is not the folder’s. Name the record seeds/13-search-r1.yaml.'
		],
		[
			'a prerequisite that nobody has written',
			PRIMER('03-third'),
			matter('related: [first]\nprerequisites:\n  - first\n  - fifth'),
			10,
			'prerequisites: there is no lesson, primer or paper “fifth”.'
		],
		[
			'a related lesson that nobody has written',
			PRIMER('03-third'),
			matter('related: [fifth]'),
			7,
			'related: there is no lesson, primer or paper “fifth”.'
		],
		[
			'a prerequisite that comes later',
			PRIMER('03-third'),
			matter('prerequisites: [second, mrt]'),
			7,
			'prerequisites: “mrt” does not stand before this lesson in reading order. List it under related.'
		],
		[
			'a lesson that asks for itself',
			PRIMER('03-third'),
			matter('prerequisites: [third]'),
			7,
			'prerequisites: “third” does not stand before'
		]
	])('refuses %s', (_what, file, markdown, line, said) => {
		const read = () => readLessons({ ...RIGHT, [file]: markdown }, papers);
		expect(read).toThrow(said);
		expect(read).toThrow(`${file}${line === undefined ? '' : `:${line}`}: `);
	});
});

describe('the lessons of the site', () => {
	test('are found by their folders alone', () => {
		expect(lessons.length).toBeGreaterThanOrEqual(3);
		for (const { file, slug, number } of lessons) {
			expect(readFileSync(file, 'utf8')).toMatch(/^---/);
			expect(file).toContain(`/${String(number).padStart(2, '0')}-${slug}/lesson.md`);
		}
		expect(new Set(lessons.map(({ slug }) => slug)).size).toBe(lessons.length);
	});

	test('stand track by track, and each is previous to its next', () => {
		const tracks = lessons.map(({ track }) => TRACK_NAMES.indexOf(track));
		expect(tracks).toEqual(tracks.toSorted((a, b) => a - b));
		const paths = lessons.map(readingPath);
		expect(paths[0].previous).toBeUndefined();
		expect(paths.at(-1)!.next).toBeUndefined();
		for (let i = 1; i < lessons.length; i++) {
			expect(paths[i].previous).toBe(lessons[i - 1]);
			expect(paths[i - 1].next).toBe(lessons[i]);
		}
	});

	test('name no lesson twice', () => {
		for (const lesson of lessons) {
			const { before, after, related } = readingPath(lesson);
			const titles = [...before, ...after, ...related].map(({ title }) => title);
			expect(new Set(titles).size, lesson.file).toBe(titles.length);
		}
	});

	test('lead to what they ask for, and back from there', () => {
		for (const lesson of lessons) {
			const { before } = readingPath(lesson);
			expect(before).toHaveLength(lesson.prerequisites.length);
			for (const { slug, arxiv } of before) {
				expect((slug === undefined) !== (arxiv === undefined)).toBe(true);
				if (slug === undefined) continue;
				const asked = lessons.find((other) => other.slug === slug)!;
				expect(readingPath(asked).after).toContainEqual({
					title: lesson.title,
					slug: lesson.slug
				});
			}
		}
	});
});

test('each widget names the paper or the primer that it comes from', () => {
	const specs = import.meta.glob<string>('/src/widgets/*/spec.ts', {
		query: '?raw',
		import: 'default',
		eager: true
	});
	for (const [path, text] of Object.entries(specs)) {
		const name = /^\tpaper: '([^']+)',$/m.exec(text)?.[1] ?? '';
		const known = paperBySlug(name) ?? lessons.find(({ slug }) => slug === name);
		expect(known, `${path}: “${name}”`).toBeDefined();
	}
});
