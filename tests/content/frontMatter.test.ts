import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../src/content/frontMatter';

const RIGHT = `---
title: A title
paper: 30-grpo-dynamics
summary: A sentence.
minutes: 20
goals:
  - one
  - two
  - three
date: 2026-11-24
---
`;

test('right front matter is read, with what may be left out', () => {
	expect(parseFrontMatter('lesson.md', RIGHT)).toMatchObject({ minutes: 20, prerequisites: [] });
});

test.each([
	['no front matter', 'Text', 1, 'Start the file with ---'],
	['a wrong type', RIGHT.replace('20', 'twenty'), 5, 'minutes'],
	['a missing field', RIGHT.replace('summary: A sentence.\n', ''), 1, 'summary'],
	['an unknown field', RIGHT.replace('minutes', 'hours'), 5, 'Fields: title, paper'],
	['too few goals', RIGHT.replace('  - three\n', ''), 6, 'goals'],
	['a line that is not YAML', RIGHT.replace('A title', 'A: title'), 2, 'not YAML']
])('%s is reported with its line', (_what, markdown, line, words) => {
	expect(() => parseFrontMatter('lesson.md', markdown)).toThrow(words);
	expect(() => parseFrontMatter('lesson.md', markdown)).toThrow(
		new RegExp(`^lesson\\.md:${line}: `)
	);
});
