import { expect, test } from 'vitest';
import { questionOf } from '$make/questionOf';

const draft = { ask: 'Why?', choices: ['', 'a', ' ', 'b'], because: '' };

test('what is still empty in a draft is left out, and the right choice stays the right one', () => {
	expect(questionOf({ ...draft, right: 3 })).toEqual({
		ask: 'Why?',
		choices: ['a', 'b'],
		right: 1
	});
	expect(questionOf({ ...draft, right: 2, because: 'So.' })).toEqual({
		ask: 'Why?',
		choices: ['a', 'b'],
		because: 'So.'
	});
});

test('without words nothing is asked', () => {
	expect(questionOf({ ...draft, ask: ' ', right: 1 })).toBeUndefined();
});
