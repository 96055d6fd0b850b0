import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_WORK, type Answer, type Work } from '../../src/lms/course';
import { mergeWork, readWork, writeWork } from '../../src/lms/writeWork';

const name = fc.stringMatching(/^[a-z][\w-]{0,30}$/);
const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string());
const answer: fc.Arbitrary<Answer> = fc.record({
	given: words.map((text) => new TextDecoder().decode(new TextEncoder().encode(text))),
	right: fc.constantFrom(true, false, undefined),
	tries: fc.integer({ min: 1, max: 9999 })
});
const question = fc.tuple(name, name).map((parts) => parts.join('/'));
const settings = fc.dictionary(name, fc.string(), { minKeys: 1, maxKeys: 8 });
const work: fc.Arbitrary<Work> = fc.record({
	answers: fc.array(fc.tuple(question, answer), { maxLength: 30 }).map((all) => new Map(all)),
	figures: fc.array(fc.tuple(name, settings), { maxLength: 12 }).map((all) => new Map(all)),
	seen: fc.array(name, { maxLength: 12 }).map((all) => new Set(all))
});

describe('work in the words of a platform', () => {
	it('comes back as it was where there is room', () => {
		fc.assert(
			fc.property(work, fc.option(name, { nil: undefined }), (rest, at) => {
				const all = { ...rest, ...(at !== undefined && { at }) };
				const text = writeWork(all, Infinity);
				expect(text).toMatch(/^[\x21-\x7e]*$/);
				expect(readWork(text)).toEqual({ work: all, whole: true });
			}),
			{ seed: 6, numRuns: 300 }
		);
	});

	it('fits into 4,096 characters with every verdict of thirty questions', () => {
		fc.assert(
			fc.property(work, (all) => {
				const text = writeWork(all, 4096);
				expect(text.length).toBeLessThanOrEqual(4096);
				const back = readWork(text);
				expect(back.whole).toBe(true);
				const verdicts = ({ answers }: Work) =>
					[...answers].map(([id, { right, tries }]) => [id, right, tries]);
				expect(verdicts(back.work)).toEqual(verdicts(all));
			}),
			{ seed: 6, numRuns: 300 }
		);
	});

	it('drops the figures that were changed longest ago first', () => {
		const long = { points: '1,2,'.repeat(200) };
		const figures = new Map(['first', 'second', 'third', 'fourth'].map((id) => [id, long]));
		const { work: back } = readWork(writeWork({ ...NO_WORK, figures }, 4096));
		const kept = [...back.figures.keys()];
		expect(kept.length).toBeGreaterThan(0);
		expect(kept).toEqual(['first', 'second', 'third', 'fourth'].slice(-kept.length));
	});

	it('believes nothing of a text that is not its own', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const { work: read, whole } = readWork(text);
				expect(read).toEqual(NO_WORK);
				expect(whole).toBe(text === '');
			}),
			{ seed: 6 }
		);
	});

	it('keeps what stands before the place where a text was cut, and nothing else', () => {
		fc.assert(
			fc.property(work, fc.double({ min: 0, max: 1, noNaN: true }), (all, where) => {
				const text = writeWork(all, Infinity);
				const cut = readWork(text.slice(0, Math.floor(where * (text.length - 1))));
				for (const [id, read] of cut.work.answers) expect(read).toEqual(all.answers.get(id));
				for (const heading of cut.work.seen) expect(all.seen).toContain(heading);
			}),
			{ seed: 6 }
		);
	});
});

describe('two records of the same work', () => {
	it('are merged to the later answer of each question', () => {
		const of = (tries: number, given: string): Work => ({
			...NO_WORK,
			answers: new Map([['w/q', { given, right: true, tries }]])
		});
		expect(mergeWork(of(2, 'platform'), of(1, 'own')).answers.get('w/q')?.given).toBe('platform');
		expect(mergeWork(of(2, 'platform'), of(3, 'own')).answers.get('w/q')?.given).toBe('own');
	});
});
