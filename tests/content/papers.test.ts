import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { bibtex } from '../../src/content/bibtex';
import { parsePaper } from '../../src/content/parsePaper';

const SEEDS = join(process.cwd(), 'seeds');
const files = readdirSync(SEEDS);
const read = (file: string) => readFileSync(join(SEEDS, file), 'utf8');
const papers = files.map((file) => parsePaper(`seeds/${file}`, read(file)));
const named = papers.map((paper) => [paper.slug, paper] as const);

describe('the records together', () => {
	test('are thirty, numbered from 1, each in a file named after it', () => {
		expect(papers.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
		expect(files).toEqual(
			papers.map(({ number, slug }) => `${String(number).padStart(2, '0')}-${slug}.yaml`)
		);
	});

	test.each(['slug', 'title', 'arxiv', 'idea', 'summary'] as const)('have no %s twice', (field) => {
		expect(new Set(papers.map((paper) => paper[field])).size).toBe(30);
	});

	test('give each track its reading order without a hole', () => {
		const tracks = [...new Set(papers.map(({ track }) => track))];
		const reading = Object.fromEntries(
			tracks.map((track) => {
				const inTrack = papers
					.filter((paper) => paper.track === track)
					.sort((a, b) => a.order - b.order);
				expect(inTrack.map(({ order }) => order)).toEqual(inTrack.map((_, i) => i + 1));
				return [track, inTrack.map(({ number }) => number)];
			})
		);
		expect(reading).toEqual({
			reasoning: [1, 30, 23, 24, 29, 26, 2, 27, 17, 14],
			preferences: [3, 10, 25, 28, 15, 7, 16],
			search: [13, 22, 4, 5],
			agents: [8, 12, 20, 11, 6, 18, 9, 21, 19]
		});
	});

	test('have BibTeX keys of their own, each of the year that its record has', () => {
		expect(new Set(papers.map(({ bibtex }) => bibtex.key)).size).toBe(30);
		for (const { bibtex, year } of papers) expect(bibtex.key).toContain(String(year));
	});

	test('say that surveys and systems with frozen language models train none', () => {
		const none = papers.filter(({ trains }) => trains === 'no').map(({ number }) => number);
		expect(none).toEqual(expect.arrayContaining([1, 9, 11, 12, 18, 20]));
	});
});

describe.each(named)('%s', (_slug, paper) => {
	const statements = [...paper.claims, ...paper.caveats];

	test('makes two claims or more, none twice', () => {
		expect(paper.claims.length).toBeGreaterThanOrEqual(2);
		expect(new Set(statements.map(({ text }) => text)).size).toBe(statements.length);
	});

	test('states in sentences, and names its idea in a phrase', () => {
		for (const { text } of statements) expect(text).toMatch(/^[A-Z“].*[.]$/);
		expect(paper.summary).toMatch(/^[A-Z].*[.]$/);
		expect(paper.idea).not.toMatch(/[.]$/);
	});

	test('has its arXiv abstract as place of what is marked so', () => {
		for (const { provenance, where } of statements) {
			if (provenance === 'abstract') expect(where).toMatch(/^(abstract|versions? [\d and]+)$/);
		}
	});

	test('prints a BibTeX entry whose capitals are kept', () => {
		const entry = bibtex(paper.bibtex);
		expect(entry).toMatch(
			/^@(misc|inproceedings|article)\{[a-z0-9]+,\n( {2}[a-zA-Z]+ = \{.+\},\n)+\}$/
		);
		const free = paper.bibtex.fields.title.replace(/\{[^}]*\}/g, '');
		expect(free).not.toMatch(/[A-Za-z]+[A-Z]/);
	});

	test('names in BibTeX the same authors in the same order', () => {
		const names = paper.bibtex.fields.author
			.split(' and ')
			.map((name) => name.split(', ').reverse().join(' '));
		expect(names).toEqual(paper.authors);
	});
});

const FILE = 'seeds/07-trial.yaml';
const RIGHT = `number: 7
slug: trial
title: A Trial of GRPO
authors:
  - Ada Lovelace
arxiv: '2503.00001'
year: 2025
venue: null
code: https://example.org/code
page: null
track: search
order: 3
trains: 'no'
summary: What is this? A trial.
idea: One trial
claims:
  - text: It works.
    provenance: abstract
    where: abstract
bibtex:
  type: misc
  key: lovelace2025trial
  fields:
    title: A Trial of {GRPO}
    author: Lovelace, Ada
    year: '2025'
    eprint: '2503.00001'
    archivePrefix: arXiv
`;

const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('parsePaper', () => {
	test('reads a right record, and fills in the lists that may be left out', () => {
		expect(parsePaper(FILE, RIGHT)).toMatchObject({ number: 7, formerTitles: [], caveats: [] });
	});

	const words = (count: number) => Array(count).fill('word').join(' ');

	test.each<[string, string, string, string, string[]]>([
		[
			'a text for a number',
			'year: 2025',
			'year: soon',
			'year: soon',
			['field “year”', 'expected a year such as 2025, got "soon"', 'Correct it.']
		],
		[
			'a number for a text',
			"arxiv: '2503.00001'",
			'arxiv: 2503.00001',
			'arxiv:',
			['field “arxiv”', 'expected an arXiv id in quotes', 'got 2503.00001', 'Put it in quotes.']
		],
		[
			'an id of another shape',
			"arxiv: '2503.00001'",
			"arxiv: '2503.1'",
			'arxiv:',
			["such as '2503.06639'", 'got "2503.1"']
		],
		[
			'a missing field',
			'venue: null\n',
			'',
			'number: 7',
			['field “venue”', 'expected this field, got nothing', 'Add it']
		],
		[
			'a field missing inside a list',
			'    where: abstract\n',
			'',
			'text: It works',
			['field “claims.0.where”', 'expected this field, got nothing']
		],
		[
			'an unknown field',
			'venue: null',
			'venues: null',
			'venues: null',
			['field “venues”', 'there is no such field; there are number, slug', 'Mend its name']
		],
		[
			'an unknown field inside a list',
			'    where: abstract',
			'    where: abstract\n    page: 3',
			'    page: 3',
			['field “claims.0.page”', 'there are text, provenance, where, value']
		],
		[
			'a word that is none of those allowed',
			'provenance: abstract',
			'provenance: rumour',
			'provenance: rumour',
			['field “claims.0.provenance”', 'one of abstract, paper, code', 'got "rumour"']
		],
		[
			'a link that is not safe',
			'https://example.org/code',
			'http://example.org/code',
			'code: http:',
			['field “code”', 'https://']
		],
		[
			'a long summary',
			'What is this? A trial.',
			words(50),
			'summary:',
			['field “summary”', 'at most 49 words, got 50 words']
		],
		['a long idea', 'One trial', words(10), 'idea:', ['at most 9 words, got 10 words']],
		['an empty text', 'One trial', "' '", 'idea:', ['a phrase, not empty']],
		[
			'no claims',
			/claims:[\s\S]*(?=bibtex)/.exec(RIGHT)![0],
			'claims: []\n',
			'claims:',
			['expected at least one claim']
		],
		[
			'a BibTeX title of another paper',
			'title: A Trial of {GRPO}',
			'title: A Trial of {PPO}',
			'title: A Trial of {PPO}',
			['field “bibtex.fields.title”', 'the record’s title (A Trial of GRPO)']
		],
		[
			'a BibTeX year of another record',
			"year: '2025'",
			"year: '2024'",
			"year: '2024'",
			['field “bibtex.fields.year”', 'the record’s year (2025)']
		],
		[
			'a venue’s type without its book',
			'type: misc',
			'type: inproceedings',
			'bibtex:',
			['field “bibtex”', 'expected a booktitle']
		],
		[
			'braces that do not match',
			'title: A Trial of {GRPO}',
			'title: A Trial of {GRPO',
			'title: A Trial of {GRPO',
			['field “bibtex.fields.title”', 'expected braces that match']
		],
		[
			'a field given twice',
			'page: null',
			'page: null\npage: null',
			'page: null\ntrack',
			['the field “page” is given twice', 'Keep one of the two']
		],
		[
			'a colon that makes the line no YAML',
			'idea: One trial',
			'idea: One: trial',
			'idea:',
			['this is not YAML', 'into quotes']
		],
		[
			'a tab as indentation',
			'  - Ada Lovelace',
			'\t- Ada Lovelace',
			'\t- Ada',
			['this is not YAML', 'Indent with spaces']
		],
		[
			'a star at the start of a text',
			'idea: One trial',
			'idea: *One',
			'idea: *One',
			['reference', 'starts with * into quotes']
		],
		[
			'a slug that is not the file’s',
			'slug: trial',
			'slug: other',
			'slug: other',
			['expected the file to be named 07-other.yaml', 'Rename the file']
		]
	])('reports %s, with file, line, field and cure', (_what, from, to, at, said) => {
		const broken = RIGHT.replace(from, to);
		expect(broken).not.toBe(RIGHT);
		expect(() => parsePaper(FILE, broken)).toThrow(
			new RegExp(`^${FILE}:${lineOf(broken, at)}: .*[.] [A-Z].*[.]$`)
		);
		for (const part of said) expect(() => parsePaper(FILE, broken)).toThrow(part);
	});

	test.each([
		['an empty file', '', 'the record: expected fields, got null.'],
		['a list', stringify(['number', 7]), 'field “0”: there is no such field']
	])('reports %s', (_what, text, said) => {
		expect(() => parsePaper(FILE, text)).toThrow(`${FILE}:1: ${said}`);
	});
});
