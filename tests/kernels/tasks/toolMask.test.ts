import { describe, expect, test } from 'vitest';
import { addition } from '../../../src/kernels/tasks/addition';
import { lookup } from '../../../src/kernels/tasks/lookup';
import { toolMask } from '../../../src/kernels/tasks/toolMask';
import { problemOf } from './everyTask';

const task = lookup();
const table = { a: '11', b: '12', c: 'f', d: 'a', e: '47', f: '47', g: 'h', h: 'g' };
const problem = { prompt: 'c?', answer: '47', key: '', table };

describe('respond', () => {
	test.each([
		['<search>c</search>', '<information>f</information>'],
		['<answer>1</answer><search>f</search>', '<information>47</information>'],
		['<search>z</search>', '<information>-</information>'],
		['<search>toString</search>', '<information>-</information>'],
		['<search></search>', '<information>-</information>'],
		['</search>', '<information>-</information>'],
		['<search>a<search>b</search>', '<information>12</information>'],
		['<search>c', undefined],
		['<search>c</search>5', undefined],
		['', undefined]
	])('%s: %s', (text, inserted) => expect(task.respond!(problem, text)).toBe(inserted));
});

describe('toolMask', () => {
	test('the tool wrote what stands after a closed search', () => {
		const text =
			'<search>c</search><information>f</information><search>f</search><information>47</information><answer>47</answer>';
		expect(toolMask(task, problem, text).join('')).toBe('111000' + '1110000' + '1111');
	});

	test('a mask has one entry a token, and own tokens alone make the rest follow', () => {
		for (let seed = 0; seed < 50; seed++) {
			const drawn = problemOf(task, 1 + (seed % 3), seed);
			const ids = task.tokenizer.encode(task.demonstration(drawn));
			const mask = toolMask(task, drawn, task.demonstration(drawn));
			expect(mask.length).toBe(ids.length);
			// Generation: the model's own tokens in turn, the environment whenever it speaks.
			let text = '';
			for (const id of ids.filter((_, i) => mask[i] === 1)) {
				text += task.tokenizer.vocabulary[id];
				text += task.respond!(drawn, text) ?? '';
			}
			expect(text).toBe(task.demonstration(drawn));
		}
	});

	test("forged information is the model's own, cut-off information the tool's", () => {
		expect(toolMask(task, problem, '<information>47</information>')).toEqual([1, 1, 1, 1]);
		expect(toolMask(task, problem, '<search>f</search><information>4')).toEqual([1, 1, 1, 0, 0]);
		expect(toolMask(task, problem, '<search>f</search>')).toEqual([1, 1, 1]);
	});

	test('a text from another environment is refused', () => {
		expect(() =>
			toolMask(task, problem, '<search>f</search><information>11</information>')
		).toThrow('toolMask: completion must go on with "<information>47</information>"');
		expect(() => toolMask(task, problem, '<search>f</search><answer>')).toThrow(RangeError);
	});

	test("without a tool every token is the model's", () => {
		const sum = { prompt: '1+2=', answer: '3', key: '' };
		expect(toolMask(addition(), sum, '3')).toEqual([1]);
		expect(toolMask(task, problem, '')).toEqual([]);
	});
});
