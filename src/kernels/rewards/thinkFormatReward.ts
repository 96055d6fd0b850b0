/** The block that the text must start with. */
export const THINK_BLOCK = /^<think>(?![^]*<think>)[^]*?<\/think>/;

/**
 * 1 if the text starts with one <think>…</think> block, else 0. The block may be empty and what follows
 * may be anything but another <think>; nothing may stand before it, not even a line break.
 *
 * It checks the form alone: an answer that thinks nothing and says nothing earns it too.
 * Source: think_format_reward of TRL at f2cd5771.
 * Cost: O(length). Throws nothing.
 * Worked value: '<think>a</think>b' is 1, 'x<think>a</think>b' is 0.
 */
export function thinkFormatReward(text: string): number {
	return THINK_BLOCK.test(text) ? 1 : 0;
}
