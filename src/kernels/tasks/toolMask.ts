import type { Problem, Task } from './task';

/**
 * Who wrote each token of a completion: 1 for the model, 0 for what the environment inserted. Only the
 * model's own tokens may count in a loss: the others were not its choice. TRL calls this mask tool_mask; it is
 * the indicator I(y_t) of Search-R1 (arXiv 2503.09516).
 *
 * The completion is replayed: after each token of the model the environment is asked, as in generation,
 * and what it says must follow, or as much of it as fits before the text ends. Text that looks like the
 * tool's but stands where the tool did not speak is the model's own.
 *
 * Cost: O(tokens · length). Throws RangeError for a text that the environment would have continued
 * otherwise, and where the tokenizer does.
 */
export function toolMask<P extends Problem>(
	task: Task<P>,
	problem: P,
	completion: string
): number[] {
	let at = 0;
	let insertedTo = 0;
	return task.tokenizer.encode(completion).map((id) => {
		const own = at >= insertedTo;
		at += task.tokenizer.vocabulary[id].length;
		if (own) {
			const inserted = task.respond?.(problem, completion.slice(0, at)) ?? '';
			if (!inserted.startsWith(completion.slice(at, at + inserted.length))) {
				throw new RangeError(
					`toolMask: completion must go on with "${inserted}" after "${completion.slice(0, at)}", got "${completion.slice(at)}"`
				);
			}
			insertedTo = at + inserted.length;
		}
		return own ? 1 : 0;
	});
}
