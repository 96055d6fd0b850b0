import { describe, expect, test } from 'vitest';
import { exactMatch } from '../../../src/kernels/rewards/exactMatch';
import { exactMatchReward } from '../../../src/kernels/rewards/exactMatchReward';
import { extractAnswer } from '../../../src/kernels/rewards/extractAnswer';
import { gsm8kReward } from '../../../src/kernels/rewards/gsm8kReward';
import { normalizeAnswer } from '../../../src/kernels/rewards/normalizeAnswer';
import { thinkFormatReward } from '../../../src/kernels/rewards/thinkFormatReward';
import reference from '../../reference/ruleRewards.json';
import { section } from '../rl/outside';

/** The reference's own cases and those made later with the same code. */
const both = <Inputs, Outputs>(name: string) =>
	['', '_more'].flatMap((suffix) => section<Inputs, Outputs>(reference, name + suffix).cases);

describe('think_format_trl', () => {
	test.each(both<{ text: string }, number>('think_format_trl'))('$name', ({ inputs, outputs }) => {
		expect(thinkFormatReward(inputs.text)).toBe(outputs);
	});
});

describe('gsm8k_rule_reward_verl', () => {
	interface Inputs {
		solution: string;
		truth: string;
		method: 'strict' | 'flexible';
		format_score: number;
	}
	const cases = both<Inputs, { extracted: string | null; score: number }>('gsm8k_rule_reward_verl');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { solution, truth, method, format_score: formatScore } = inputs;
		expect(gsm8kReward(solution, truth, { method, formatScore })).toEqual({
			extracted: outputs.extracted,
			reward: outputs.score
		});
	});
});

describe('em_reward_search_r1', () => {
	interface Outputs {
		normalized: [string, string];
		em: number;
		subem: number;
	}
	const cases = both<{ prediction: string; golden: string }, Outputs>('em_reward_search_r1');
	test.each(cases)('$name', ({ inputs: { prediction, golden }, outputs }) => {
		expect([prediction, golden].map(normalizeAnswer)).toEqual(outputs.normalized);
		expect(exactMatch(prediction, [golden])).toBe(outputs.em);
		expect(exactMatch(prediction, [golden], { match: 'substring' })).toBe(outputs.subem);
	});
});

describe('answer_extraction_search_r1', () => {
	const cases = both<{ text: string }, string | null>('answer_extraction_search_r1');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		expect(extractAnswer(inputs.text, { atLeast: 2 })).toBe(outputs);
	});
});

test('one answer block is enough unless two are asked for', () => {
	expect(extractAnswer('<answer> a </answer>')).toBe('a');
	expect(extractAnswer('<answer> a </answer>', { atLeast: 2 })).toBe(null);
});

test('the reward of a question: none without an answer, the form’s for a wrong one', () => {
	const golden = ['beatles', 'fab four'];
	const reward = (text: string) => exactMatchReward(text, golden, { formatScore: 0.2 });
	expect(reward('The Beatles')).toEqual({ answer: null, reward: 0 });
	expect(reward('<answer>The Beatles</answer>')).toEqual({ answer: 'The Beatles', reward: 1 });
	expect(reward('<answer>The Fab Four!</answer>').reward).toBe(1);
	expect(reward('<answer>The Beatles band</answer>').reward).toBe(0.2);
	expect(
		exactMatchReward('<answer>The Beatles band</answer>', golden, { match: 'substring' }).reward
	).toBe(1);
	expect(exactMatchReward('<answer>beatles</answer>', golden, { score: 5 }).reward).toBe(5);
});

test('normalising twice changes nothing more', () => {
	for (const text of ['The  An-swer, a!', 'a the an', 'Théa (the) a.', '12,000 a day']) {
		expect(normalizeAnswer(normalizeAnswer(text))).toBe(normalizeAnswer(text));
	}
});

test('nothing but open tags, in any number, is no answer and no thought', () => {
	expect(thinkFormatReward('<think>'.repeat(100000))).toBe(0);
	expect(extractAnswer('<answer>'.repeat(100000))).toBe(null);
});

test('bad input is refused by name', () => {
	expect(() => exactMatch('a', [])).toThrow('exactMatch: goldenAnswers must not be empty');
	expect(() => extractAnswer('a', { atLeast: 0 })).toThrow(
		'extractAnswer: atLeast must be a positive integer, got 0'
	);
});
