import { majorityOrder } from './majorityOrder';
import { luceProbability, checkWeights } from './luceProbability';

const MOST_CASES = 5e6;
const MOST_ALTERNATIVES = 7;

export interface ParadoxProbabilities {
	/** Probability that the majorities contain a cycle. */
	cycle: number;
	/** Probability that no alternative beats each other one. */
	noWinner: number;
	/** winners[i]: probability that i beats each other one. With noWinner they sum to 1. */
	winners: number[];
	/** Electorates gone through. */
	cases: number;
}

function ordersOf(count: number): number[][] {
	if (count === 0) return [[]];
	return ordersOf(count - 1).flatMap((order) =>
		Array.from({ length: count }, (_, place) => order.toSpliced(place, 0, count - 1))
	);
}

const alike = (weights: readonly number[]) => weights.every((weight) => weight === weights[0]);

/**
 * How many electorates paradoxProbabilities goes through: ways to give the ballots to the n! orders, voters
 * being alike, C(n! + voters − 1, voters). With equal weights the first ballot may be any, so one is less.
 * Worked value: 3 equal alternatives, 3 voters: C(7, 2) = 21.
 */
export function paradoxCases(weights: readonly number[], voters: number): number {
	let orders = 1;
	for (let k = 2; k <= weights.length; k++) orders *= k;
	let cases = 1;
	for (let k = 1; k <= voters - (alike(weights) ? 1 : 0); k++) cases *= (orders - 1 + k) / k;
	return Math.round(cases);
}

/**
 * The exact probability of a Condorcet cycle, and of each alternative being the Condorcet winner, when
 * `voters` ballots are drawn independently from the Luce model with these weights (equal weights: all
 * orders alike, "impartial culture"). Goes through every electorate, up to the order of the voters and, with
 * equal weights, up to the names of the alternatives:
 *
 *     P = Σ over counts c of  voters! / Π c_b!  ·  Π p_b^{c_b}  ·  [a cycle, or a winner]
 *
 * with p_b the probability of order b. A tie beats nobody.
 *
 * Cost: O(paradoxCases · n²). Throws RangeError for voters that are not a positive integer, more than
 * 7 alternatives or more than 5 million cases, and for weights that are not positive and finite.
 * Worked value: 3 alternatives, 3 voters, equal weights: cycle = noWinner = 12/216 = 1/18.
 */
export function paradoxProbabilities({
	weights,
	voters
}: {
	weights: readonly number[];
	voters: number;
}): ParadoxProbabilities {
	checkWeights('paradoxProbabilities', weights);
	const count = weights.length;
	if (!(Number.isInteger(voters) && voters >= 1)) {
		throw new RangeError(`paradoxProbabilities: voters must be a positive integer, got ${voters}`);
	}
	if (count > MOST_ALTERNATIVES || paradoxCases(weights, voters) > MOST_CASES) {
		throw new RangeError(
			`paradoxProbabilities: weights and voters must give at most ${MOST_CASES} electorates of at most ${MOST_ALTERNATIVES} alternatives, got ${count} alternatives and ${voters} voters`
		);
	}
	const orders = ordersOf(count);
	const chances = orders.map((order) => luceProbability(order, weights));
	/** Per order, +1 or −1 for each pair i < j. */
	const signs = orders.map((order) => {
		const own: number[] = [];
		for (let i = 0; i < count; i++) {
			for (let j = i + 1; j < count; j++) own.push(order.indexOf(i) < order.indexOf(j) ? 1 : -1);
		}
		return Int8Array.from(own);
	});
	/** Ballots that need not be gone through: with equal weights the first one. */
	const fixed = alike(weights) ? 1 : 0;
	const margins = Array.from({ length: count }, () => new Array<number>(count).fill(0));
	const result: ParadoxProbabilities = {
		cycle: 0,
		noWinner: 0,
		winners: new Array<number>(count).fill(0),
		cases: 0
	};

	function tally(pairs: Int32Array, probability: number): void {
		let pair = 0;
		for (let i = 0; i < count; i++) {
			for (let j = i + 1; j < count; j++, pair++) {
				margins[i][j] = pairs[pair];
				margins[j][i] = -pairs[pair];
			}
		}
		result.cases++;
		const winner = margins.findIndex((row, i) => row.every((margin, j) => j === i || margin > 0));
		if (winner >= 0) result.winners[winner] += probability;
		else result.noWinner += probability;
		if (majorityOrder(margins) === undefined) result.cycle += probability;
	}

	/** `depth` ballots are given, the last `run` of them to order `from`; orders never go down. */
	function give(pairs: Int32Array, probability: number, depth: number, from: number, run: number) {
		if (depth === voters) {
			tally(pairs, probability);
			return;
		}
		for (let order = from; order < orders.length; order++) {
			const own = order === from ? run + 1 : 1;
			give(
				pairs.map((margin, pair) => margin + signs[order][pair]),
				(probability * chances[order] * (depth + 1 - fixed)) / own,
				depth + 1,
				order,
				own
			);
		}
	}
	give(
		fixed ? Int32Array.from(signs[0]) : new Int32Array((count * (count - 1)) / 2),
		1,
		fixed,
		0,
		0
	);
	if (fixed) {
		const winner = result.winners.reduce((sum, chance) => sum + chance, 0);
		result.winners.fill(winner / count);
	}
	return result;
}
