import { progress } from './progress';
import type { Trace } from './sampleTrace';

/**
 * The traces of one prompt that STaR keeps for supervised fine-tuning.
 *
 * 'outcome' (plain STaR): every trace whose answer is right. 'progress' (MRT's): of those, the ones
 * that make the most total progress J_end − J_0, each cut behind the episode where J peaks, since
 * what follows gains nothing. Truncated traces that gave no answer are never kept.
 *
 * `success`: J after each episode of each trace, exact or estimated by forced answers.
 * Paper: arXiv 2503.07572, STaR variant (keep traces that maximise progress and end right); the cut
 * at the peak is our reading of it. Ties are all kept.
 * Cost: O(episodes). Throws RangeError if success does not hold one curve a trace, one value a point.
 */
export function starFilter(
	traces: readonly Trace[],
	success: readonly ArrayLike<number>[],
	select: 'outcome' | 'progress'
): {
	/** Index into `traces`. */
	trace: number;
	/** Thinking episodes kept; a stop follows them. */
	episodes: number;
}[] {
	if (success.length !== traces.length) {
		throw new RangeError(
			`starFilter: success must hold ${traces.length} curves, got ${success.length}`
		);
	}
	const right: { trace: number; episodes: number; total: number }[] = [];
	for (const [i, trace] of traces.entries()) {
		if (success[i].length !== trace.remaining.length) {
			throw new RangeError(
				`starFilter: success[${i}] must have ${trace.remaining.length} values, got ${success[i].length}`
			);
		}
		if (trace.reward <= 0) continue;
		const { total, peak } = progress(success[i]);
		const episodes = select === 'outcome' ? trace.remaining.length - 1 : peak;
		right.push({ trace: i, episodes, total });
	}
	const best = Math.max(...right.map(({ total }) => total));
	return right
		.filter(({ total }) => select === 'outcome' || total === best)
		.map(({ trace, episodes }) => ({ trace, episodes }));
}
