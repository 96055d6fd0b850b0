import type { Stream } from '../core/stream';
import { chooseNext, spreadError, type Exploration } from './tabularStep';
import { largestDistance } from './largestDistance';
import { highest } from './greedyRoute';
import type { Search } from './search';

export interface QLearningOptions {
	episodes: number;
	learningRate: number;
	/** Discount γ. */
	discountFactor: number;
	exploration: Exploration;
	/**
	 * What the update looks ahead to. `original`: the highest value among the cities that were unvisited
	 * before the step, the new city itself among them. `corrected`: among those unvisited after it, 0 at the end.
	 */
	bootstrap: 'original' | 'corrected';
	/** λ of the eligibility traces; 0 for none. */
	traceDecay: number;
	/** Lets learning rate and ε fall by equal factors to a tenth, at least .001 and .01. */
	fading: boolean;
}

export interface Learned {
	/** Action values, n × n: q[c·n + m] values going from city c to m. */
	q: Float64Array;
	/** Highest and lowest value that an update looked ahead to. */
	lookedAhead: { highest: number; lowest: number };
	episodes: number;
}

/**
 * Tabular Q-learning for tours as pyCombinatorial has it. The state is the city alone, the reward −d/d_max:
 *
 *     Q(c,m) ← Q(c,m) + lr·(−d(c,m)/d_max + γ·max_a Q(m,a) − Q(c,m)).
 *
 * In the original the maximum runs over the cities unvisited before the step. One of them is m itself, and
 * Q(m,m) is never updated: it stays 0, while every other value is at most 0. So the maximum is always 0, the
 * target is the distance alone, and the greedy tour is that of the nearest neighbour, whatever γ is. The same
 * slip stands in DeepSeek-R1's rewrite, which adds traces with λ = .8, Boltzmann draws and fading rates. `corrected` takes the maximum over what is left to visit.
 *
 * Code: q_learning of pyCombinatorial (February 2025) and of the rewrite, without their final 2-opt; recorded
 * runs of both are repeated to rounding. Rewards on the way home are not learned, there as here.
 * Cost: n(n−1)/2 look-ups for d_max, n−1 an episode. Each yield is an episode.
 * Throws RangeError for episodes that are no positive integer, or rates outside [0, 1].
 */
export function* qLearning(
	search: Search,
	stream: Stream,
	options: QLearningOptions
): Generator<Learned, Learned> {
	check('qLearning', options);
	const { episodes, discountFactor, traceDecay } = options;
	const n = search.size;
	const longest = largestDistance(search);
	const cities = Array.from({ length: n }, (_, city) => city);
	const learned: Learned = {
		q: new Float64Array(n * n),
		lookedAhead: { highest: -Infinity, lowest: Infinity },
		episodes: 0
	};
	const { q, lookedAhead } = learned;
	while (learned.episodes < episodes) {
		const share = learned.episodes / episodes;
		const { learningRate, exploration } = options.fading ? faded(options, share) : options;
		let at = stream.int(n);
		const left = [...cities];
		left.splice(at, 1);
		const trace = { cells: [], weights: [] };
		while (left.length > 0) {
			const place = chooseNext(q, at * n, left, exploration, share, stream);
			const next = left[place];
			if (options.bootstrap === 'corrected') left.splice(place, 1);
			const future = left.length > 0 ? q[next * n + left[highest(q, next * n, left)]] : 0;
			if (options.bootstrap === 'original') left.splice(place, 1);
			lookedAhead.highest = Math.max(lookedAhead.highest, future);
			lookedAhead.lowest = Math.min(lookedAhead.lowest, future);
			const target = -search.distance(at, next) / longest + discountFactor * future;
			const cell = at * n + next;
			spreadError(q, trace, cell, learningRate * (target - q[cell]), discountFactor * traceDecay);
			at = next;
		}
		learned.episodes++;
		yield learned;
	}
	return learned;
}

function faded(
	{ learningRate, exploration }: QLearningOptions,
	share: number
): Pick<QLearningOptions, 'learningRate' | 'exploration'> {
	const fall = (rate: number, floor: number) => rate * (Math.max(floor, rate / 10) / rate) ** share;
	return {
		learningRate: fall(learningRate, 0.001),
		exploration:
			exploration.rule === 'boltzmann'
				? exploration
				: { ...exploration, epsilon: fall(exploration.epsilon, 0.01) }
	};
}

/** What Q-learning and SARSA ask of their options. */
export function check(
	caller: string,
	{
		episodes,
		learningRate,
		discountFactor,
		traceDecay
	}: Pick<QLearningOptions, 'episodes' | 'learningRate' | 'discountFactor' | 'traceDecay'>
): void {
	if (!Number.isInteger(episodes) || episodes < 1) {
		throw new RangeError(`${caller}: episodes must be a positive integer, got ${episodes}`);
	}
	for (const [name, rate] of Object.entries({ learningRate, discountFactor, traceDecay })) {
		if (!(rate >= 0 && rate <= 1)) {
			throw new RangeError(`${caller}: ${name} must be in [0, 1], got ${rate}`);
		}
	}
}
