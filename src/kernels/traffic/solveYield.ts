import { JOINT, MAIN_ORDERS, RAMP_ORDERS, type YieldGame } from './yieldGame';

export interface YieldOptions {
	/** Share of the other's reward in what each car wants: 0 own reward alone, 0.5 the mean of both. */
	courtesy: number;
	/** Who commits first in each second; the other sees it and answers. */
	leader: 'main' | 'ramp';
}

export interface YieldSolution {
	/** The pair of orders played in each state; −1 where the game is over. */
	orders: Int32Array;
	/** Sums of own rewards from each state on. */
	main: Float64Array;
	ramp: Float64Array;
}

/** Differences below this are rounding; then the order that stands first, to hold, is kept. */
const TIE = 1e-9;

/**
 * Exact play of the yield game, backwards from its end. Each car wants
 *
 *     u_i = (1 − c)·r_i + c·r_j
 *
 * with courtesy c. In every state the leader takes the order that is best for it given the other's best
 * answer: the subgame-perfect play. At c = 0.5 both want the mean reward, and whoever leads, the play
 * reaches the joint optimum.
 *
 * Cost: O(states · 12). Throws RangeError for a courtesy outside [0, 0.5].
 * Worked value: far apart (100 m), 8 s, at 30 m/s: 8 for each car, at any courtesy.
 */
export function solveYield(game: YieldGame, { courtesy, leader }: YieldOptions): YieldSolution {
	if (!(courtesy >= 0 && courtesy <= 0.5)) {
		throw new RangeError(`solveYield: courtesy must be in [0, 0.5], got ${courtesy}`);
	}
	const { states, next } = game;
	const solution: YieldSolution = {
		orders: new Int32Array(states.length).fill(-1),
		main: new Float64Array(states.length),
		ramp: new Float64Array(states.length)
	};
	const [mains, ramps] = [MAIN_ORDERS.length, RAMP_ORDERS.length];
	const leadsOn = leader === 'main' ? mains : ramps;
	const answersOn = leader === 'main' ? ramps : mains;
	for (let state = states.length - 1; state >= 0; state--) {
		let best = -1;
		let bestWorth = -Infinity;
		for (let first = 0; first < leadsOn; first++) {
			let answer = -1;
			let answerWorth = -Infinity;
			let worthToLeader = -Infinity;
			for (let second = 0; second < answersOn; second++) {
				const joint = leader === 'main' ? first * ramps + second : second * ramps + first;
				const cell = state * JOINT + joint;
				if (next[cell] < 0) continue;
				const main = game.main[cell] + solution.main[next[cell]];
				const ramp = game.ramp[cell] + solution.ramp[next[cell]];
				const [own, other] = leader === 'main' ? [ramp, main] : [main, ramp];
				const wants = (1 - courtesy) * own + courtesy * other;
				if (wants <= answerWorth + TIE) continue;
				answer = joint;
				answerWorth = wants;
				worthToLeader = (1 - courtesy) * other + courtesy * own;
			}
			if (answer < 0 || worthToLeader <= bestWorth + TIE) continue;
			best = answer;
			bestWorth = worthToLeader;
		}
		if (best < 0) continue;
		const cell = state * JOINT + best;
		solution.orders[state] = best;
		solution.main[state] = game.main[cell] + solution.main[next[cell]];
		solution.ramp[state] = game.ramp[cell] + solution.ramp[next[cell]];
	}
	return solution;
}
