import { createTokenizer } from '../lm/tokenizer';
import { checkDifficulty, type Checker, type Difficulty, type Task } from './task';

export interface SortingOptions {
	/**
	 * 'lenient' asks only that digits stand in rising order. The loophole: one digit, or the same one
	 * again and again, is in order; the digits of the question need not be there.
	 */
	checker?: Checker;
}

const difficulty: Difficulty = { min: 2, max: 10, default: 6, meaning: 'digits to sort' };
const tokenizer = createTokenizer('0123456789:');

const sorted = (digits: string) => [...digits].sort().join('');

/**
 * Sorting digits: 4813: → 1348.
 *
 * Reward: 1 for the digits of the question in rising order, each as often as it stands there, and
 * nothing else; 0 otherwise. Parts: `digits` (the right ones in whatever order), `order`.
 * The key is the sorted digits: whatever order they come in, it is the same problem.
 *
 * `problem` throws RangeError for a difficulty outside 2 … 10.
 */
export function sorting({ checker = 'strict' }: SortingOptions = {}): Task {
	return {
		name: 'sorting',
		title: 'Sorting digits',
		description: 'Write the digits of the question in rising order.',
		tokenizer,
		maxPromptLength: difficulty.max + 1,
		maxCompletionLength: difficulty.max + 3,
		difficulty,
		problem(count, stream) {
			checkDifficulty('sorting', difficulty, count);
			const digits = Array.from({ length: count }, () => stream.int(10)).join('');
			return { prompt: `${digits}:`, answer: sorted(digits), key: sorted(digits) };
		},
		demonstration: ({ answer }) => answer,
		reward({ answer }, completion) {
			const isNumber = /^[0-9]+$/.test(completion);
			const order = isNumber && completion === sorted(completion);
			const digits = isNumber && sorted(completion) === answer;
			const verdict = (reward: number, reason: string) => ({
				reward,
				parts: { digits: digits ? 1 : 0, order: order ? 1 : 0 },
				reason
			});
			if (completion === '') return verdict(0, 'There is no answer.');
			if (!isNumber) return verdict(0, 'There is something else than digits.');
			if (!order) return verdict(0, 'The digits do not rise.');
			if (checker === 'strict' && !digits) {
				return verdict(0, 'These are not the digits of the question.');
			}
			return verdict(1, 'The digits rise.');
		}
	};
}
