import { describe, expect, test } from 'vitest';
import { addition } from '../../../src/kernels/tasks/addition';
import { countdown } from '../../../src/kernels/tasks/countdown';
import { format } from '../../../src/kernels/tasks/format';
import { lookup } from '../../../src/kernels/tasks/lookup';
import { multipleChoice } from '../../../src/kernels/tasks/multipleChoice';
import { sorting } from '../../../src/kernels/tasks/sorting';
import type { Problem, Task } from '../../../src/kernels/tasks/task';

/** A completion and what the strict and the lenient rule give for it. */
type Trick = [completion: string, strict: number, lenient: number];

function judge<P extends Problem>(strict: Task<P>, lenient: Task<P>, problem: P, tricks: Trick[]) {
	test.each(tricks)(`${problem.prompt} %s: strictly %d, leniently %d`, (completion, a, b) => {
		expect(strict.reward(problem, completion).reward).toBe(a);
		expect(lenient.reward(problem, completion).reward).toBe(b);
	});
}

describe('addition', () => {
	const sum = { prompt: '47+85=', answer: '132', key: '' };
	judge(addition(), addition({ checker: 'lenient' }), sum, [
		['132', 1, 1],
		['133', 0, 0],
		['0132', 0, 0],
		['132132', 0, 0],
		['132,132', 0, 1],
		['47+85=132', 0, 1],
		['131,132,133', 0, 0],
		['132=', 0, 1],
		['132\n', 0, 1],
		['<think>12,13</think>132', 0, 1]
	]);
	const carries = addition({ form: 'carries' });
	judge(carries, addition({ form: 'carries', checker: 'lenient' }), sum, [
		['<think>12,13</think>132', 1, 1],
		['<think>99</think>132', 1, 1],
		['<think></think>132', 1, 1],
		['132', 0, 1],
		['<think>12,13</think>', 0, 0],
		['<think>12,13132', 0, 0],
		['<think>12,13</think>132<think>12,13</think>132', 0, 1],
		['<think>12<think>13</think>132', 0, 1]
	]);

	test('the part thought is right only for the true columns', () => {
		const thought = (text: string) => carries.reward(sum, text).parts.thought;
		expect(thought('<think>12,13</think>999')).toBe(1);
		expect(thought('<think>12,12</think>132')).toBe(0);
		expect(thought('132')).toBe(0);
	});

	test('the columns are those of addition by hand', () => {
		for (const [prompt, columns] of [
			['5+4=', '09'],
			['999+111=', '10,11,11'],
			['1234+4321=', '05,05,05,05']
		]) {
			const [a, b] = prompt.slice(0, -1).split('+').map(Number);
			const demonstration = carries.demonstration({ prompt, answer: String(a + b), key: '' });
			expect(demonstration).toBe(`<think>${columns}</think>${a + b}`);
		}
	});
});

describe('sorting', () => {
	const digits = { prompt: '4813:', answer: '1348', key: '' };
	judge(sorting(), sorting({ checker: 'lenient' }), digits, [
		['1348', 1, 1],
		['8431', 0, 0],
		['4813', 0, 0],
		['134', 0, 1],
		['13488', 0, 1],
		['1', 0, 1],
		['1111111111', 0, 1],
		['1348:', 0, 0],
		['13481348', 0, 0]
	]);

	test('the parts tell the two things apart', () => {
		expect(sorting().reward(digits, '4813').parts).toEqual({ digits: 1, order: 0 });
		expect(sorting().reward(digits, '1349').parts).toEqual({ digits: 0, order: 1 });
		expect(sorting().reward(digits, 'x').parts).toEqual({ digits: 0, order: 0 });
	});
});

describe('countdown', () => {
	const game = { prompt: '3,4,6=42:', answer: '42', key: '', solution: '(3+4)*6' };
	judge(countdown(), countdown({ checker: 'lenient' }), game, [
		['(3+4)*6', 1, 1],
		['6*(4+3)', 1, 1],
		['42', 0, 1],
		['6*6+6', 0, 1],
		['3+4*6', 0, 0],
		['(3+4)*6=42', 0, 0],
		['(3+4)*6,(3+4)*6', 0, 0],
		['((3+4)*6)', 1, 1],
		['7*6', 0, 1],
		['3*4*6-30', 0, 1]
	]);

	test('fractions on the way are right, in the card game too', () => {
		const task = countdown({ target: 24 });
		const hard = { prompt: '1,3,4,6=24:', answer: '24', key: '', solution: '6/(1-3/4)' };
		expect(task.reward(hard, '6/(1-3/4)').reward).toBe(1);
	});

	test.each([
		['(3+4)*6', 'It is worth 42.'],
		['3+4+6', 'It is worth 13, not 42.'],
		['6/4*3', 'It is worth 9/2, not 42.'],
		['3*4', '6 is not used.'],
		['6*6+3', '6 is used more often than it is given.'],
		['3+4+6+9', '9 is not given.'],
		['3/(4-4)', 'It divides by 0.']
	])('%s: %s', (completion, reason) => {
		expect(countdown().reward(game, completion).reason).toBe(reason);
	});

	test('numbers given twice must be used twice', () => {
		const twice = { prompt: '5,5=10:', answer: '10', key: '', solution: '5+5' };
		expect(countdown().reward(twice, '5+5').reward).toBe(1);
		expect(countdown().reward(twice, '5*2').reason).toBe('2 is not given.');
		expect(countdown().reward(twice, '5').reason).toBe('5 is not used.');
	});
});

describe('multipleChoice', () => {
	const options = { prompt: 'A31B74C18*D55?', answer: 'B', key: '', label: 'B' };
	judge(multipleChoice(), multipleChoice({ checker: 'lenient' }), options, [
		['B', 1, 1],
		['C', 0, 0],
		['ABCD', 0, 1],
		['BB', 0, 1],
		['B*', 0, 1],
		['74', 0, 0],
		['b', 0, 0]
	]);
});

describe('format', () => {
	const question = { prompt: '4813?', answer: '8', key: '', tagged: true };
	const lenient = format({ checker: 'lenient' });
	judge(format(), lenient, question, [
		['<think>4888</think><answer>8</answer>', 1, 1],
		['<think>1</think><answer>8</answer>', 1, 1],
		['<think></think><answer>8</answer>', 0, 1],
		['</answer></think><answer><think>8', 0, 1],
		['8</think><think></answer><answer>', 0, 1],
		['<think>4888</think><answer>7</answer>', 0, 0],
		['<think>4888</think><answer>8</answer><answer>8</answer>', 0, 1],
		['<answer>8</answer><think>4888</think>', 0, 0],
		['4<think>4888</think><answer>8</answer>', 0, 1],
		['<think>4888</think><answer>8</answer>?', 0, 1],
		['<think><think>4888</think></think><answer>8</answer>', 0, 1]
	]);

	test('with partial credit form and answer count for themselves', () => {
		const task = format({ partialCredit: true, formatWeight: 0.25 });
		const reward = (text: string) => task.reward(question, text).reward;
		expect(reward('<think>4888</think><answer>8</answer>')).toBe(1);
		expect(reward('<think>4888</think><answer>7</answer>')).toBe(0.25);
		expect(reward('<answer>8</answer>')).toBe(0.75);
		expect(reward('<answer>8</answer><answer>8</answer>')).toBe(0);
		expect(reward('8')).toBe(0);
	});
});

describe('lookup', () => {
	const table = { a: '11', b: '12', c: 'f', d: 'a', e: '47', f: '47', g: 'h', h: 'g' };
	const question = { prompt: 'c?', answer: '47', key: '', table };
	const right =
		'<search>c</search><information>f</information><search>f</search><information>47</information><answer>47</answer>';
	judge(lookup(), lookup({ checker: 'lenient' }), question, [
		[right, 1, 1],
		['<answer>47</answer>', 0, 1],
		['<information>47</information><answer>47</answer>', 0, 1],
		['<search>c</search><information>47</information><answer>47</answer>', 0, 1],
		['<search>c</search><information>f</information><answer>47</answer>', 0, 1],
		['<search>f</search><information>47</information>', 0, 1],
		['<search>f</search><information>47</information><answer>47</answer>', 1, 1],
		['<search>f</search><information>47</information><answer>12</answer>', 0, 1],
		[`${right}<answer>47</answer>`, 0, 1],
		[`${right}47`, 0, 1],
		['<search>c</search><information>f</information><answer>f</answer>', 0, 0],
		['<search>__proto__</search><information>-</information><answer>-</answer>', 0, 0]
	]);

	test.each([
		[
			'<search>c</search><information>47</information><answer>47</answer>',
			'The tool did not say that.'
		],
		['<answer>47</answer>', 'It is not searches and then one answer.'],
		[
			'<search>c</search><information>f</information><answer>47</answer>',
			'No search brought the value.'
		],
		['<search>f</search><information>47</information><answer>12</answer>', 'The value is 47.']
	])('%s: %s', (completion, reason) => {
		expect(lookup().reward(question, completion).reason).toBe(reason);
	});
});

test('settings that are none are refused by name', () => {
	expect(() => countdown({ target: 0 })).toThrow(
		'countdown: target must be an integer in 1 … 99, got 0'
	);
	expect(() => multipleChoice({ shift: 2 })).toThrow(
		'multipleChoice: shift must be within 0 … 1, got 2'
	);
	expect(() => multipleChoice({ labelNoise: NaN })).toThrow('labelNoise must be within 0 … 1');
	expect(() => format({ formatWeight: -1 })).toThrow('format: formatWeight must be within 0 … 1');
	expect(() => lookup({ guessShare: 1.5 })).toThrow(
		'lookup: guessShare must be within 0 … 1, got 1.5'
	);
});
