import type { Stream } from '../core/stream';
import { highest } from './greedyRoute';
import { largestDistance } from './largestDistance';
import { check, type Learned } from './qLearning';
import type { Search } from './search';
import { boltzmann, chooseNext, spreadError, temperatureAt, type Exploration } from './tabularStep';

export interface SarsaOptions {
	episodes: number;
	learningRate: number;
	/** Discount γ. */
	discountFactor: number;
	exploration: Exploration;
	/** λ of the eligibility traces; 0 for none. */
	traceDecay: number;
	/** Looks ahead to the action taken next, or to the mean over all under the policy (Expected SARSA). */
	target: 'taken' | 'expected';
	/** Also learns the value of going home from the last city. */
	returnsHome: boolean;
	/** Lets learning rate and ε fall, by .999 and .995 an episode, each to .01. */
	fading: boolean;
}

const FLOOR = 0.01;

/**
 * Tabular SARSA for tours: the state is the city alone, the reward −d/d_max, and the update looks ahead to
 * the value of what the policy does next among the cities still unvisited:
 *
 *     δ = −d(c,m)/d_max + γ·Q(m, a) − Q(c,m), a taken next, or γ·Σ_a π(a|m)·Q(m,a).
 *
 * Settings of the paper's codes: pyCombinatorial's own SARSA has no traces, does not return home and does not
 * fade; the "original" in the paper's prompt has traces with λ = .9 and all of this; GPT-O1's rewrite is
 * Expected SARSA with λ = 1 and Boltzmann exploration, τ from 1 to .01. Recorded runs of these codes are
 * repeated to rounding. Their final 2-opt is not part of it.
 *
 * Cost: n(n−1)/2 look-ups for d_max, n−1 or n an episode. Each yield is an episode.
 * Throws RangeError as qLearning.
 */
export function* sarsa(
	search: Search,
	stream: Stream,
	options: SarsaOptions
): Generator<Learned, Learned> {
	check('sarsa', options);
	const { episodes, discountFactor, target, traceDecay, returnsHome } = options;
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
		const { learningRate, exploration, share } = settingsAt(learned.episodes, options);
		const start = stream.int(n);
		let at = start;
		const left = [...cities];
		left.splice(at, 1);
		const trace = { cells: [], weights: [] };
		let place = left.length > 0 ? chooseNext(q, at * n, left, exploration, share, stream) : 0;
		while (left.length > 0) {
			const next = left[place];
			left.splice(place, 1);
			let future = 0;
			if (left.length > 0) {
				if (target === 'taken') {
					place = chooseNext(q, next * n, left, exploration, share, stream);
					future = q[next * n + left[place]];
				} else future = expectedValue(q, next * n, left, exploration, share);
			} else if (returnsHome && target === 'expected') future = q[next * n + start];
			lookedAhead.highest = Math.max(lookedAhead.highest, future);
			lookedAhead.lowest = Math.min(lookedAhead.lowest, future);
			const error =
				-search.distance(at, next) / longest + discountFactor * future - q[at * n + next];
			spreadError(q, trace, at * n + next, learningRate * error, discountFactor * traceDecay);
			at = next;
			if (left.length > 0 && target === 'expected') {
				place = chooseNext(q, at * n, left, exploration, share, stream);
			}
		}
		if (returnsHome && at !== start) {
			const home = at * n + start;
			q[home] += learningRate * (-search.distance(at, start) / longest - q[home]);
		}
		learned.episodes++;
		yield learned;
	}
	return learned;
}

function settingsAt(
	episode: number,
	{ episodes, learningRate, exploration, fading }: SarsaOptions
): { learningRate: number; exploration: Exploration; share: number } {
	const share = episode / episodes;
	if (!fading) return { learningRate, exploration, share };
	return {
		learningRate: Math.max(learningRate * 0.999 ** episode, FLOOR),
		exploration:
			exploration.rule === 'boltzmann'
				? exploration
				: { ...exploration, epsilon: Math.max(exploration.epsilon * 0.995 ** episode, FLOOR) },
		share
	};
}

function expectedValue(
	q: Float64Array,
	row: number,
	left: readonly number[],
	exploration: Exploration,
	share: number
): number {
	if (exploration.rule !== 'epsilon-greedy') {
		const chances = boltzmann(q, row, left, temperatureAt(exploration, share));
		return left.reduce((sum, city, i) => sum + chances[i] * q[row + city], 0);
	}
	const { epsilon } = exploration;
	const mean = left.reduce((sum, city) => sum + q[row + city], 0) / left.length;
	return (1 - epsilon) * q[row + left[highest(q, row, left)]] + epsilon * mean;
}
