import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bibtex } from '../../src/content/bibtex';
import { parsePaper } from '../../src/content/parsePaper';

const files = readdirSync('seeds').map((name) => `seeds/${name}`);
const texts = Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')]));
const papers = files.map((file) => parsePaper(file, texts[file]));

describe('the records', () => {
	test('are thirty, each number once, each arXiv id once', () => {
		const numbers = papers.map(({ number }) => number).sort((a, b) => a - b);
		expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
		expect(new Set(papers.map(({ arxiv }) => arxiv)).size).toBe(30);
	});

	test.each(['reasoning', 'preferences', 'search', 'agents'])(
		'of the track %s stand in order',
		(track) => {
			const orders = papers.filter((paper) => paper.track === track).map(({ order }) => order);
			expect(orders.sort((a, b) => a - b)).toEqual(orders.map((_, i) => i + 1));
		}
	);

	test('say what they say briefly', () => {
		for (const { summary, idea, slug } of papers) {
			expect(summary.split(/\s+/).length, slug).toBeLessThanOrEqual(50);
			expect(idea.split(/\s+/).length, slug).toBeLessThanOrEqual(9);
		}
	});

	test('print as BibTeX with keys of their own', () => {
		expect(new Set(papers.map((paper) => paper.bibtex.key)).size).toBe(30);
		for (const paper of papers) {
			const entry = bibtex(paper.bibtex);
			expect(entry).toMatch(/^@misc\{[\w-]+,\n( {2}\w+ = \{.*\},?\n)+\}$/);
			const depth = [...entry].reduce((open, c) => open + (c === '{' ? 1 : c === '}' ? -1 : 0), 0);
			expect(depth).toBe(0);
		}
	});
});

describe('a wrong record is refused with its file, line and field', () => {
	const file = 'seeds/30-grpo-dynamics.yaml';
	const right = texts[file];
	const lineOf = (start: string) =>
		right.split('\n').findIndex((line) => line.startsWith(start)) + 1;

	test.each([
		['a wrong type', right.replace('year: 2025', 'year: soon'), lineOf('year'), 'year'],
		['a bad arXiv id', right.replace("'2503.06639'", "'06639'"), lineOf('arxiv'), 'arxiv'],
		['an unknown field', `${right}journal: none\n`, right.split('\n').length, 'no such field'],
		[
			'an unknown track',
			right.replace('track: reasoning', 'track: other'),
			lineOf('track'),
			'track'
		],
		[
			'a plain http link',
			right.replace('code: null', 'code: http://x.org'),
			lineOf('code'),
			'code'
		],
		[
			'a line that is not YAML',
			right.replace('year: 2025', 'year: : 2025'),
			lineOf('year'),
			'not YAML'
		],
		['a repeated key', `${right}number: 30\n`, right.split('\n').length, 'given twice']
	])('%s', (_what, text, line, words) => {
		expect(() => parsePaper(file, text)).toThrow(`${file}:${line}: `);
		expect(() => parsePaper(file, text)).toThrow(words);
	});

	test('a missing field', () => {
		expect(() => parsePaper(file, right.replace('year: 2025\n', ''))).toThrow('“year”');
	});

	test('a file of another name', () => {
		expect(() => parsePaper('seeds/29-vision-r1.yaml', right)).toThrow('30-grpo-dynamics.yaml');
	});
});

test('BibTeX escapes what TeX would read, and refuses braces that do not match', () => {
	const entry = {
		type: 'misc',
		key: 'k',
		fields: { title: '{RL} & 50 %', author: 'A_b' }
	} as const;
	expect(bibtex(entry)).toBe('@misc{k,\n  title = {{RL} \\& 50 \\%},\n  author = {A\\_b},\n}');
	expect(() => bibtex({ ...entry, fields: { title: '{RL' } })).toThrow('braces that match');
});
