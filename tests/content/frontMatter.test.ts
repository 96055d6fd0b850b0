import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../src/content/frontMatter';

const FILE = 'content/30-grpo-dynamics/lesson.md';
const PRIMER = 'content/primers/03-policy-gradients/lesson.md';

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

const SOURCES = `sources:
  ppo:
    title: Proximal Policy Optimization Algorithms
    authors: [John Schulman]
    year: 2017
    arxiv: '1707.06347'
---
`;

const withSources = RIGHT.replace(/---\n$/, SOURCES);

test('right front matter is read, with what may be left out', () => {
	expect(parseFrontMatter(FILE, RIGHT)).toMatchObject({
		minutes: 20,
		prerequisites: [],
		sources: {}
	});
});

test('a primer has no paper, and may name the works that it cites', () => {
	const primer = withSources.replace(/paper: .*\n/, '');
	expect(parseFrontMatter(PRIMER, primer).sources.ppo).toMatchObject({ year: 2017 });
	expect(() => parseFrontMatter(PRIMER, RIGHT)).toThrow(
		`${PRIMER}:3: field “paper”: there is no such field`
	);
});

test.each([
	['no front matter', 'Text', 1, 'Start the file with ---'],
	['a wrong type', RIGHT.replace('20', 'twenty'), 5, 'minutes from 5 to 60, got "twenty"'],
	['too many minutes', RIGHT.replace('20', '200'), 5, 'minutes from 5 to 60, got 200'],
	['a missing field', RIGHT.replace('summary: A sentence.\n', ''), 2, '“summary”: expected this'],
	['an unknown field', RIGHT.replace('minutes', 'hours'), 5, 'there are title, paper, summary'],
	['too few goals', RIGHT.replace('  - three\n', ''), 6, 'three to five goals, got 2'],
	['a day that is none', RIGHT.replace('2026-11-24', 'today'), 10, 'date'],
	['a line that is not YAML', RIGHT.replace('A title', 'A: title'), 2, 'not YAML'],
	['a source without a place', withSources.replace(/ {4}arxiv.*\n/, ''), 12, 'got neither'],
	['an arXiv id as a number', withSources.replace(/'/g, ''), 16, 'Put it in quotes'],
	['a misspelt field of a source', withSources.replace('year', 'yaer'), 15, '“sources.ppo.yaer”'],
	['a source with a capital', withSources.replace('ppo', 'PPO'), 12, 'small letter, got "PPO"']
])('%s is reported with its line', (_what, markdown, line, words) => {
	expect(() => parseFrontMatter(FILE, markdown)).toThrow(words);
	expect(() => parseFrontMatter(FILE, markdown)).toThrow(new RegExp(`^${FILE}:${line}: `));
});
