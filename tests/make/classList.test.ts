import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_TITLE, LONGEST_WORDS, MOST_STEPS, readClass, writeClass } from '$make/classList';
import { pageLink } from '$make/takeAway';
import { anyEntries } from './variants';

const FIGURES = ['coin', 'dice', 'map'];
const isFigure = (name: string) => FIGURES.includes(name);
const read = (search: string) => readClass(new URLSearchParams(search), isFigure);

const line = (longest: number) =>
	fc.string({ maxLength: longest, unit: 'grapheme' }).filter((text) => text.length <= longest);
const entry = fc.tuple(
	fc.string({ minLength: 1 }).filter((name) => name !== 'figure' && name !== 'host'),
	fc.string()
);
const step = fc.record({
	figure: fc.constantFrom(...FIGURES),
	entries: fc.array(entry, { maxLength: 5 })
});

describe('a class list', () => {
	test('comes back from its link as it was written', () => {
		const list = fc.record({
			title: line(LONGEST_TITLE),
			words: line(LONGEST_WORDS),
			steps: fc.array(step, { maxLength: MOST_STEPS })
		});
		fc.assert(
			fc.property(list, (given) => {
				const link = pageLink('https://school.example/rl/', 'class/', writeClass(given));
				expect(read(new URL(link).search)).toEqual({ list: given, notices: [] });
			}),
			{ seed: 6, numRuns: 200 }
		);
	});

	test('any address is read without harm, and what was read is stable', () => {
		const names = ['figure', 'title', 'words', 'host', 'note', '__proto__', 'constructor'];
		fc.assert(
			fc.property(anyEntries(names), (entries) => {
				const { list } = readClass(entries, isFigure);
				expect(list.steps.every(({ figure }) => isFigure(figure))).toBe(true);
				expect(readClass(writeClass(list), isFigure)).toEqual({ list, notices: [] });
			}),
			{ seed: 7, numRuns: 400 }
		);
	});

	test('leaves out what is unknown, and says so', () => {
		const { list, notices } = read('colour=red&figure=coin&p=0.2&figure=//evil.example/&p=1');
		expect(list.steps).toEqual([{ figure: 'coin', entries: [['p', '0.2']] }]);
		expect(notices.join(' ')).toMatch(/One figure of this link does not exist here/);
		expect(notices.join(' ')).toMatch(/not known/);
	});

	test('a step cannot name another page as the one that talks to it', () => {
		expect(read('figure=coin&host=https%3A%2F%2Fevil.example&p=1').list.steps).toEqual([
			{ figure: 'coin', entries: [['p', '1']] }
		]);
	});

	test('has no more figures than a class can see', () => {
		const { list, notices } = read('figure=coin&'.repeat(MOST_STEPS + 1));
		expect(list.steps).toHaveLength(MOST_STEPS);
		expect(notices.join(' ')).toMatch(/at most 30/);
	});
});
