import { expect, test } from 'vitest';
import { bibtex, bracesMatch } from '../../src/content/bibtex';

const fields = { title: 'A {GRPO} Trial', author: 'Lovelace, Ada', year: '2025' };

test('prints type, key and fields in the order given', () => {
	expect(bibtex({ type: 'misc', key: 'lovelace2025', fields })).toBe(
		[
			'@misc{lovelace2025,',
			'  title = {A {GRPO} Trial},',
			'  author = {Lovelace, Ada},',
			'  year = {2025},',
			'}'
		].join('\n')
	);
});

test('leaves out what is not there', () => {
	expect(bibtex({ type: 'misc', key: 'a', fields: { ...fields, doi: undefined } })).not.toContain(
		'doi'
	);
});

test.each([
	['R&D at 5 % for $3, #1 of x_y', 'R\\&D at 5 \\% for \\$3, \\#1 of x\\_y'],
	['escaped already: R\\&D', 'escaped already: R\\&D'],
	['Ö. Arık', 'Ö. Arık']
])('escapes the signs of TeX: %s', (note, printed) => {
	expect(bibtex({ type: 'misc', key: 'a', fields: { note } })).toContain(`note = {${printed}}`);
});

test('leaves links, DOIs and ids as they are', () => {
	const url = 'https://example.org/a_b?c=1&d=50%25#e';
	expect(bibtex({ type: 'misc', key: 'a', fields: { url, doi: '10.1000/a_b' } })).toBe(
		`@misc{a,\n  url = {${url}},\n  doi = {10.1000/a_b},\n}`
	);
});

test('refuses braces that do not match, and names the field', () => {
	const broken = { type: 'misc', key: 'a', fields: { title: 'A {GRPO Trial' } } as const;
	expect(() => bibtex(broken)).toThrow(RangeError);
	expect(() => bibtex(broken)).toThrow('a.title: expected braces that match');
});

test.each([
	['{a}{b{c}}', true],
	['', true],
	['}{', false],
	['{', false]
])('braces of “%s” match: %s', (text, match) => {
	expect(bracesMatch(text)).toBe(match);
});
