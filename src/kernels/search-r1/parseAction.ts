export interface SearchAction {
	/** 'invalid' where the turn neither searches nor answers. */
	kind: 'search' | 'answer' | 'invalid';
	/** What stands between the tags, without the space around it. */
	content: string;
	/** The turn as far as it is kept. */
	kept: string;
}

/**
 * What a turn of the model does, in two steps as in Search-R1's rollout:
 *
 *     1  the text is cut after the first </search>, if there is one anywhere, else after the first </answer>
 *     2  the first <search>…</search> or <answer>…</answer> in what is left is the action
 *
 * So a turn that answers and then searches is kept up to the search, and counts as an answer.
 *
 * Source: postprocess_responses and postprocess_predictions of search_r1/llm_agent/generation.py at a14dc3a4.
 * Cost: O(length). Throws nothing.
 * Worked value: "<answer>x</answer> or <search>q</search> …" is an answer, x, kept up to </search>.
 */
export function parseAction(turn: string): SearchAction {
	const end = ['</search>', '</answer>'].find((tag) => turn.includes(tag));
	const kept = end ? turn.slice(0, turn.indexOf(end) + end.length) : turn;
	const match = /<(search|answer)>([\s\S]*?)<\/\1>/.exec(kept);
	if (!match) return { kind: 'invalid', content: '', kept };
	return { kind: match[1] as 'search' | 'answer', content: match[2].trim(), kept };
}
