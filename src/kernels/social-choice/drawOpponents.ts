import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';
import { checkPolicy, checkPreferences } from './checkPreferences';

export interface DrawnOpponents {
	/** How often each response was accepted; B2 in all, fewer where the budget ran out. */
	counts: number[];
	/** ĝ(y') for each response, from the one batch. */
	losses: number[];
	/** Proposals from π_ref, accepted or not. */
	proposals: number;
	/** True where `maxProposals` were made before B2 were accepted. */
	exhausted: boolean;
}

export interface DrawOptions {
	tau: number;
	/** Responses of the policy that estimate g. */
	b1: number;
	/** Opponents to accept. */
	b2: number;
	reference: readonly number[];
	/** Per call. Default 100,000, as in the authors' code, which then stops with an error. */
	maxProposals?: number;
}

/**
 * One round of Nash rejection sampling for one prompt: draws B1 responses Y of the policy, then proposes
 * y' from π_ref and accepts it where u ≤ exp(−ĝ(y')/τ), u uniform, ĝ(y') = mean P(Y ≻ y'), until B2 are
 * accepted. The batch Y serves all proposals.
 *
 * Liu et al., first version of arXiv 2503.10990; the authors' code (nash_rs.py), which proposes 16 at a
 * time and so makes up to 15 proposals more than are looked at here.
 *
 * Cost: O(B1 · n + proposals · n), some e^{1/(2τ)} proposals per accepted opponent. Throws RangeError for
 * preferences, a policy or a reference that are none, τ not above 0, or batches that are not positive
 * integers.
 */
export function drawOpponents(
	stream: Stream,
	preferences: readonly (readonly number[])[],
	policy: ArrayLike<number>,
	{ tau, b1, b2, reference, maxProposals = 100_000 }: DrawOptions
): DrawnOpponents {
	const count = preferences.length;
	checkPreferences('drawOpponents', preferences);
	checkPolicy('drawOpponents', 'policy', policy, count);
	checkPolicy('drawOpponents', 'reference', reference, count);
	if (!(tau > 0 && tau < Infinity)) {
		throw new RangeError(`drawOpponents: tau must be above 0 and finite, got ${tau}`);
	}
	for (const [name, value] of Object.entries({ b1, b2, maxProposals })) {
		if (!(Number.isInteger(value) && value >= 1)) {
			throw new RangeError(`drawOpponents: ${name} must be a positive integer, got ${value}`);
		}
	}
	const losses = new Array<number>(count).fill(0);
	for (let i = 0; i < b1; i++) {
		const response = categorical(stream, policy);
		for (let y = 0; y < count; y++) losses[y] += preferences[response][y] / b1;
	}
	const counts = new Array<number>(count).fill(0);
	let accepted = 0;
	let proposals = 0;
	while (accepted < b2 && proposals < maxProposals) {
		const proposal = categorical(stream, reference);
		proposals++;
		if (losses[proposal] <= -tau * Math.log(1 - stream.uniform())) {
			counts[proposal]++;
			accepted++;
		}
	}
	return { counts, losses, proposals, exhausted: accepted < b2 };
}
