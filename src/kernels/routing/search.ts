import type { DistanceMatrix } from './distanceMatrix';

/** A tour better than all before it, and how many distances had been looked up by then. */
export interface Found {
	looked: number;
	length: number;
	tour: Uint16Array;
}

/**
 * All that a solver knows of an instance: how many cities there are, and a distance on request. Every
 * request is counted, and none is answered beyond the budget, so two solvers with one budget have had
 * the same work by construction. Times would measure the language and the machine as well.
 */
export interface Search {
	readonly size: number;
	readonly budget: number;
	/** Distances looked up so far. */
	readonly looked: number;
	/** Everything offered that was shorter than what came before it, in order. */
	readonly found: readonly Found[];
	/** The distance between two cities. Costs one look-up; throws `BudgetSpent` where there is none left. */
	distance(a: number, b: number): number;
	/** Hands in a tour with its length; kept if it is shorter than all before. Costs no look-up. */
	offer(tour: ArrayLike<number>, length: number): void;
}

/** Thrown by `Search.distance` when the budget is used up: it ends a solver wherever it is. */
export class BudgetSpent extends Error {}

/** A length must be this much smaller, relatively, to count as shorter: less is rounding. */
const ROUNDING = 1e-12;

/**
 * Opens an instance to a solver with a budget of distance look-ups.
 *
 * Throws RangeError for a budget that is not a positive integer.
 */
export function openSearch({ size, values }: DistanceMatrix, budget: number): Search {
	if (!Number.isSafeInteger(budget) || budget < 1) {
		throw new RangeError(`openSearch: budget must be a positive integer, got ${budget}`);
	}
	let looked = 0;
	let shortest = Infinity;
	const found: Found[] = [];
	return {
		size,
		budget,
		found,
		get looked() {
			return looked;
		},
		distance(a, b) {
			if (looked >= budget) throw new BudgetSpent('the budget of look-ups is used up');
			looked++;
			return values[a * size + b];
		},
		offer(tour, length) {
			if (!(length < shortest * (1 - ROUNDING))) return;
			shortest = length;
			found.push({ looked, length, tour: Uint16Array.from(tour) });
		}
	};
}

/** The length of a closed tour, by n look-ups. */
export function lookUpLength(search: Search, tour: ArrayLike<number>): number {
	const n = search.size;
	let length = 0;
	for (let i = 0; i < n; i++) length += search.distance(tour[i], tour[i + 1 === n ? 0 : i + 1]);
	return length;
}

/** What a solver is: it works in steps, each a yield, and offers the tours that it finds. */
export type Solver = Generator<void, void>;

/** Runs a solver until it ends or its budget is spent, with no break between. */
export function drain(solver: Solver): void {
	while (!advance(solver));
}

/** One step of a solver; true when it has ended, be it for want of look-ups. */
export function advance(solver: Solver): boolean {
	try {
		return solver.next().done === true;
	} catch (error) {
		if (error instanceof BudgetSpent) return true;
		throw error;
	}
}
