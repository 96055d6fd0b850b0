import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractAnswer } from '../../../src/kernels/rewards/extractAnswer';
import { gsm8kReward } from '../../../src/kernels/rewards/gsm8kReward';
import { ruleSpans, type RuleName } from '../../../src/kernels/rewards/ruleSpans';
import { thinkFormatReward } from '../../../src/kernels/rewards/thinkFormatReward';

/** Texts in which the rules find something, emoji and long ones among them. */
const texts = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'#### ',
				'<answer>',
				'</answer>',
				'<think>',
				'</think>',
				'18',
				'-1,000.5',
				'.'
			),
			fc.constantFrom(' ', '\n', '😀', 'so it is '.repeat(30)),
			fc.string({ maxLength: 6, unit: 'grapheme' })
		),
		{ maxLength: 14 }
	)
	.map((parts) => parts.join(''));

function cut(text: string, rule: RuleName): string | null {
	const { found } = ruleSpans(text, rule);
	return found && text.slice(...found);
}

test('the characters found are those that the rewards extract', () => {
	fc.assert(
		fc.property(texts, (text) => {
			expect(cut(text, 'strict')?.replaceAll(',', '') ?? null).toBe(
				gsm8kReward(text, '', { method: 'strict' }).extracted
			);
			expect(cut(text, 'flexible')).toBe(gsm8kReward(text, '', { method: 'flexible' }).extracted);
			expect(cut(text, 'tags')).toBe(extractAnswer(text));
			expect(cut(text, 'think') === null ? 0 : 1).toBe(thinkFormatReward(text));
		}),
		{ seed: 1, numRuns: 2000 }
	);
});

test('what stands before the window changes no GSM8K reward', () => {
	fc.assert(
		fc.property(texts, fc.constantFrom('strict', 'flexible'), (text, method) => {
			const [start] = ruleSpans(text, method).read;
			expect(gsm8kReward(text.slice(start), '18', { method })).toEqual(
				gsm8kReward(text, '18', { method })
			);
		}),
		{ seed: 1, numRuns: 500 }
	);
});

test('worked value, and the last 300 characters', () => {
	expect(ruleSpans('9·2\n#### 18', 'strict')).toEqual({ read: [0, 11], found: [9, 11] });
	expect(ruleSpans('#### 18' + ' '.repeat(300), 'strict')).toEqual({ read: [7, 307], found: null });
	expect(ruleSpans('<answer> a b </answer>', 'tags').found).toEqual([9, 12]);
	expect(ruleSpans('<answer> </answer>', 'tags').found).toEqual([9, 9]);
	expect(ruleSpans('<think></think>', 'think').found).toEqual([0, 15]);
});
