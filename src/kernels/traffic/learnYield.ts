import type { Stream } from '../core/stream';
import { JOINT, MAIN_ORDERS, RAMP_ORDERS, type YieldGame } from './yieldGame';

export interface LearnYieldOptions {
	/** Share of the other's reward that each learner is paid, 0 to 0.5. */
	courtesy: number;
	episodes: number;
	learningRate: number;
	/** Exploration ε in the first episode; it falls in a straight line to 0 at the last. */
	exploration: number;
}

export interface YieldLearners {
	/** Action values of each learner for its own orders alone, [state · orders + order]. */
	main: Float64Array;
	ramp: Float64Array;
	/** Own return of each car in every episode so far. */
	returns: { main: number[]; ramp: number[] };
	crashes: number[];
	episodes: number;
}

/** The best open order of one learner, the first of equals. */
export function bestOrder(
	values: Float64Array,
	state: number,
	orders: number,
	open: (order: number) => boolean
): number {
	let best = -1;
	for (let order = 0; order < orders; order++) {
		if (
			open(order) &&
			(best < 0 || values[state * orders + order] > values[state * orders + best])
		) {
			best = order;
		}
	}
	return best;
}

/** Merging may be shut to the ramp car; all else is open. */
export function rampOpen(game: YieldGame, state: number): (order: number) => boolean {
	return (order) => game.next[state * JOINT + order] >= 0;
}

/** The pair of orders that both learners like best in a state. */
export function greedyJoint(game: YieldGame, learners: YieldLearners, state: number): number {
	const main = bestOrder(learners.main, state, MAIN_ORDERS.length, () => true);
	const ramp = bestOrder(learners.ramp, state, RAMP_ORDERS.length, rampOpen(game, state));
	return main * RAMP_ORDERS.length + ramp;
}

/**
 * Independent learners: each car runs Q-learning on its own orders, and takes the other for a part of
 * the road. With u_i = (1 − c)·r_i + c·r_j,
 *
 *     Q_i(s, a_i) ← Q_i(s, a_i) + lr·(u_i + max_b Q_i(s′, b) − Q_i(s, a_i)),
 *
 * no discount, values 0 at the end. Each sees the whole state and none of the other's orders. What one
 * learns depends on what the other does while learning, so nothing promises the optimum.
 *
 * Paper: Tan, ICML 1993, for independent learners. CCMA's vehicles are RL policies on local
 * observations; which algorithm trains them could not be checked.
 * Cost: O(episodes · horizon). Yields a hundred times. Throws RangeError for rates outside [0, 1] or
 * episodes that are no positive integer.
 */
export function* learnYield(
	game: YieldGame,
	stream: Stream,
	options: LearnYieldOptions
): Generator<YieldLearners, YieldLearners> {
	const { courtesy, episodes, learningRate, exploration } = options;
	if (!Number.isInteger(episodes) || episodes < 1) {
		throw new RangeError(`learnYield: episodes must be a positive integer, got ${episodes}`);
	}
	for (const [name, rate] of Object.entries({ courtesy, learningRate, exploration })) {
		if (!(rate >= 0 && rate <= 1)) {
			throw new RangeError(`learnYield: ${name} must be in [0, 1], got ${rate}`);
		}
	}
	const [mains, ramps] = [MAIN_ORDERS.length, RAMP_ORDERS.length];
	const count = game.states.length;
	const learners: YieldLearners = {
		main: new Float64Array(count * mains),
		ramp: new Float64Array(count * ramps),
		returns: { main: [], ramp: [] },
		crashes: [],
		episodes: 0
	};
	const every = Math.max(1, Math.floor(episodes / 100));
	const always = () => true;
	const pick = (
		values: Float64Array,
		state: number,
		orders: number,
		open: (o: number) => boolean,
		epsilon: number
	) => {
		if (stream.uniform() >= epsilon) return bestOrder(values, state, orders, open);
		for (;;) {
			const order = stream.int(orders);
			if (open(order)) return order;
		}
	};
	while (learners.episodes < episodes) {
		const epsilon = exploration * (1 - learners.episodes / episodes);
		let state = 0;
		let [mainReturn, rampReturn] = [0, 0];
		while (!game.states[state].crashed && game.states[state].step < game.horizon) {
			const main = pick(learners.main, state, mains, always, epsilon);
			const ramp = pick(learners.ramp, state, ramps, rampOpen(game, state), epsilon);
			const cell = state * JOINT + main * ramps + ramp;
			const [mainReward, rampReward] = [game.main[cell], game.ramp[cell]];
			const following = game.next[cell];
			const over = game.states[following].crashed || game.states[following].step === game.horizon;
			const ahead = (values: Float64Array, orders: number, open: (o: number) => boolean) =>
				over ? 0 : values[following * orders + bestOrder(values, following, orders, open)];
			const move = (values: Float64Array, at: number, own: number, other: number, then: number) => {
				const wants = (1 - courtesy) * own + courtesy * other;
				values[at] += learningRate * (wants + then - values[at]);
			};
			const mainThen = ahead(learners.main, mains, always);
			const rampThen = ahead(learners.ramp, ramps, rampOpen(game, following));
			move(learners.main, state * mains + main, mainReward, rampReward, mainThen);
			move(learners.ramp, state * ramps + ramp, rampReward, mainReward, rampThen);
			mainReturn += mainReward;
			rampReturn += rampReward;
			state = following;
		}
		learners.returns.main.push(mainReturn);
		learners.returns.ramp.push(rampReturn);
		learners.crashes.push(game.states[state].crashed ? 1 : 0);
		learners.episodes++;
		if (learners.episodes % every === 0 || learners.episodes === episodes) yield learners;
	}
	return learners;
}
