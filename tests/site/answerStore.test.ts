import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerStore, type Trouble } from '$site/kept/answerStore';
import { ANSWERS_KEY } from '$site/kept/answersKey';
import { LONGEST, parseAnswers, printAnswers, type Answers } from '$site/kept/answers';
import { FakeStorage } from './fakeStorage';

const name = fc.stringMatching(/^[\w-]{1,20}$/);
const words = fc.string({ minLength: 1, maxLength: 40 });
const question = fc.tuple(name, name, words).map((parts) => parts.join('/'));
const answered = fc.record(
	{ given: fc.string({ maxLength: 50 }), right: fc.boolean() },
	{ requiredKeys: ['given'] }
);
const answers: fc.Arbitrary<Answers> = fc.dictionary(question, answered);

const ONE: Answers = { 'a-lesson/a-widget/first': { given: 'Up', right: true } };
const TWO: Answers = { 'a-lesson/a-widget/second': { given: '3', right: false } };
const ASIDE = `${ANSWERS_KEY}.aside`;

function open(storage: Storage) {
	const told: Trouble[] = [];
	return {
		told,
		store: new AnswerStore(
			() => storage,
			(trouble) => told.push(trouble)
		)
	};
}

test('what is stored is read again, and an empty store leaves no key', () => {
	fc.assert(
		fc.property(answers, (kept) => {
			const storage = new FakeStorage();
			const { store, told } = open(storage);
			expect(store.change(() => kept)).toBe(true);
			expect(open(storage).store.read()).toEqual(kept);
			store.change(() => ({}));
			expect(storage.entries()).toEqual({});
			expect(told).toEqual([]);
		})
	);
});

describe('what is not ours', () => {
	const FOREIGN: [what: string, text: string][] = [
		['broken JSON', '{"a":[1,{"b":'],
		['a number', '17'],
		['null', 'null'],
		['a list', '[1, 2]'],
		['another program’s settings', '{"volume":0.5,"muted":true}'],
		['a version to come', JSON.stringify({ version: 2, answers: ONE })],
		['a version that is none', JSON.stringify({ version: '1', answers: ONE })],
		['no answers', '{"version":1}'],
		['a prototype for answers', '{"__proto__":{"given":"x","right":true}}'],
		['names of every object', '{"version":1,"answers":{"constructor":{"given":"","right":true}}}'],
		['an answer that is a list', '{"version":1,"answers":{"a/b/c":["x",true]}}'],
		['an endless answer', JSON.stringify({ 'a/b/c': { given: 'x'.repeat(5000), right: true } })],
		['a deep nest', '['.repeat(100_000)],
		['something huge', JSON.stringify({ 'a/b/c': 'x'.repeat(LONGEST) })]
	];

	test.each(FOREIGN)('%s is set aside, and the store goes on', (_, text) => {
		const storage = new FakeStorage();
		storage.setItem(ANSWERS_KEY, text);
		const { store, told } = open(storage);
		expect(store.read()).toEqual({});
		expect(told).toEqual(['aside']);
		expect(storage.entries()).toEqual({ [ASIDE]: text });
		store.change(() => ONE);
		expect(storage.entries()).toEqual({ [ASIDE]: text, [ANSWERS_KEY]: printAnswers(ONE) });
		expect({}).not.toHaveProperty('given');
	});

	test('what can be read of it still counts', () => {
		const storage = new FakeStorage();
		const text = JSON.stringify({ version: 1, answers: { ...ONE, 'x/y': 3 } });
		storage.setItem(ANSWERS_KEY, text);
		expect(open(storage).store.read()).toEqual(ONE);
		expect(storage.entries()).toEqual({ [ASIDE]: text, [ANSWERS_KEY]: printAnswers(ONE) });
	});

	test('one thing set aside does not push out another, and the same is set aside once', () => {
		const storage = new FakeStorage();
		for (const text of ['1', '2', '1', '2']) {
			storage.setItem(ANSWERS_KEY, text);
			open(storage).store.read();
		}
		expect(storage.entries()).toEqual({ [ASIDE]: '1', [`${ASIDE}.2`]: '2' });
	});

	test('stays where it is when there is no room to set it aside', () => {
		const text = 'x'.repeat(100);
		const storage = new FakeStorage(ANSWERS_KEY.length + text.length);
		storage.setItem(ANSWERS_KEY, text);
		const { store, told } = open(storage);
		store.change(() => ONE);
		expect(store.read()).toEqual(ONE);
		expect(told).toContain('unsaved');
		expect(storage.entries()).toEqual({ [ANSWERS_KEY]: text });
	});

	test('any text at all is stood, and is lost nowhere', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.json().map((j) => `{"version":1,"answers":${j}}`)
				),
				answers,
				(text, added) => {
					const storage = new FakeStorage();
					storage.setItem(ANSWERS_KEY, text);
					const { store } = open(storage);
					const { answers: read, whole } = parseAnswers(text);
					expect(store.read()).toEqual(read);
					store.change((all) => ({ ...all, ...added }));
					expect(open(storage).store.read()).toEqual({ ...read, ...added });
					if (!whole) expect(storage.getItem(ASIDE)).toBe(text);
				}
			),
			{ numRuns: 500 }
		);
	});
});

test('the form of the first version is taken over', () => {
	const storage = new FakeStorage();
	storage.setItem(ANSWERS_KEY, JSON.stringify(ONE));
	const { store, told } = open(storage);
	store.change((all) => ({ ...all, ...TWO }));
	expect(storage.entries()).toEqual({ [ANSWERS_KEY]: printAnswers({ ...ONE, ...TWO }) });
	expect(told).toEqual([]);
});

test('two open pages do not overwrite each other', () => {
	const storage = new FakeStorage();
	const [first, second] = [open(storage).store, open(storage).store];
	first.read();
	second.read();
	first.change((all) => ({ ...all, ...ONE }));
	second.change((all) => ({ ...all, ...TWO }));
	expect(first.read()).toEqual({ ...ONE, ...TWO });
});

describe('where storage is refused', () => {
	test('reaching for it throws: answers last as long as the page', () => {
		const told: Trouble[] = [];
		const refuse = () => {
			throw new DOMException('The operation is insecure.', 'SecurityError');
		};
		const store = new AnswerStore(refuse, (trouble) => told.push(trouble));
		expect(store.read()).toEqual({});
		expect(told).toEqual([]);
		expect(store.change(() => ONE)).toBe(false);
		expect(store.change((all) => ({ ...all, ...TWO }))).toBe(false);
		expect(store.read()).toEqual({ ...ONE, ...TWO });
		expect(told).toContain('unsaved');
	});

	test('it is full: nothing kept is lost, and all is stored once there is room', () => {
		const storage = new FakeStorage(ANSWERS_KEY.length + printAnswers(ONE).length);
		const { store } = open(storage);
		expect(store.change(() => ONE)).toBe(true);
		expect(store.change((all) => ({ ...all, ...TWO }))).toBe(false);
		expect(storage.entries()).toEqual({ [ANSWERS_KEY]: printAnswers(ONE) });
		expect(store.read()).toEqual({ ...ONE, ...TWO });
		storage.room = Infinity;
		store.change((all) => all);
		expect(open(storage).store.read()).toEqual({ ...ONE, ...TWO });
	});
});
