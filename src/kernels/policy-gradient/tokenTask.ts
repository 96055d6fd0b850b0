/** What makes an answer right: one token, all of them, or more than half. */
export type TokenTaskKind = 'one' | 'all' | 'most';

/**
 * A task in which every token of an answer is either right or wrong and the reward, 0 or 1, comes at the
 * end. All that counts of the tokens so far is a state, a small whole number.
 */
export interface TokenTask {
	/** Tokens of an answer, T. */
	length: number;
	/** States that there are; the first token meets state 0. */
	states: number;
	/** The state after token t (from 0), right or wrong. */
	next(state: number, right: boolean, t: number): number;
	/** Of an answer that ends in this state. */
	reward(state: number): number;
}

/** The token that decides in task 'one': the middle one, from 0. */
export function decidingToken(length: number): number {
	return Math.floor((length - 1) / 2);
}

/**
 * Three tasks that differ in where the credit lies:
 *
 *     one     the middle token decides; the others change nothing
 *     all     every token must be right; after the first mistake nothing matters any more
 *     most    more than half must be right; every token matters until the matter is settled
 *
 * Throws RangeError for a length that is not a whole number ≥ 1 or a kind that is none of these.
 * Worked value: in tokenTask('all', 2), state 1 follows a mistake, and reward(1) = 0.
 */
export function tokenTask(kind: TokenTaskKind, length: number): TokenTask {
	if (!Number.isInteger(length) || length < 1) {
		throw new RangeError(`tokenTask: length must be a whole number ≥ 1, got ${length}`);
	}
	switch (kind) {
		case 'one':
			return {
				length,
				states: 3,
				next: (state, right, t) => (t === decidingToken(length) ? (right ? 1 : 2) : state),
				reward: (state) => (state === 1 ? 1 : 0)
			};
		case 'all':
			return {
				length,
				states: 2,
				next: (state, right) => (right ? state : 1),
				reward: (state) => 1 - state
			};
		case 'most':
			return {
				length,
				states: length + 1,
				next: (state, right) => state + Number(right),
				reward: (state) => (2 * state > length ? 1 : 0)
			};
		default:
			throw new RangeError(`tokenTask: kind must be one, all or most, got ${kind}`);
	}
}
