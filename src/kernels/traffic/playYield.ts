import { JOINT, moveOf, type YieldGame, type YieldMove, type YieldState } from './yieldGame';

export interface YieldPath {
	states: YieldState[];
	moves: YieldMove[];
	/** Own rewards in each second. */
	rewards: { main: number[]; ramp: number[] };
	/** Their sums. */
	returns: { main: number; ramp: number };
}

/**
 * One play of the yield game from its start, by the orders that `choose` names for a state.
 *
 * Cost: O(horizon). Throws RangeError where an order is not open.
 */
export function playYield(game: YieldGame, choose: (state: number) => number): YieldPath {
	const path: YieldPath = {
		states: [game.states[0]],
		moves: [],
		rewards: { main: [], ramp: [] },
		returns: { main: 0, ramp: 0 }
	};
	let state = 0;
	while (!game.states[state].crashed && game.states[state].step < game.horizon) {
		const joint = choose(state);
		const cell = state * JOINT + joint;
		if (!(game.next[cell] >= 0)) {
			throw new RangeError(`playYield: order ${joint} is not open in state ${state}`);
		}
		path.moves.push(moveOf(joint));
		path.rewards.main.push(game.main[cell]);
		path.rewards.ramp.push(game.ramp[cell]);
		path.returns.main += game.main[cell];
		path.returns.ramp += game.ramp[cell];
		state = game.next[cell];
		path.states.push(game.states[state]);
	}
	return path;
}
