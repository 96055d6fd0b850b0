import { lastAnswer } from './extractAnswer';
import { gsm8kAnswer } from './gsm8kAnswer';
import type { Located } from './span';
import { THINK_BLOCK } from './thinkFormatReward';

export type RuleName = 'strict' | 'flexible' | 'tags' | 'think';

/**
 * Where in a text a rule reward looks: gsm8kReward ('strict' and 'flexible'), extractAnswer ('tags') and
 * thinkFormatReward ('think').
 *
 * Cost: O(length). Throws nothing.
 * Worked value: 'think' in "<think></think>": found [0, 15].
 */
export function ruleSpans(text: string, rule: RuleName): Located {
	if (rule === 'strict' || rule === 'flexible') return gsm8kAnswer(text, rule);
	const read = [0, text.length] as const;
	if (rule === 'tags') return { read, found: lastAnswer(text).span };
	const block = THINK_BLOCK.exec(text);
	return { read, found: block && [0, block[0].length] };
}
