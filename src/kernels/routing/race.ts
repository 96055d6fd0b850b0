import type { Stream } from '../core/stream';
import type { DistanceMatrix } from './distanceMatrix';
import { advance, openSearch, type Found, type Search, type Solver } from './search';
import { SOLVERS, type Changes, type SolverName } from './solvers';

export interface Runner {
	solver: SolverName;
	changes: Changes;
}

export interface Lane extends Runner {
	search: Search;
	/** True when the solver has ended, for want of look-ups or of anything to do. */
	ended: boolean;
}

/** Look-ups at which a race is compared: equal factors apart, from the cost of one tour to the budget. */
export function checkpoints(size: number, budget: number, count: number): number[] {
	const from = Math.min(size, budget);
	const steps = Array.from({ length: count }, (_, i) =>
		Math.round(from * (budget / from) ** (i / (count - 1)))
	);
	return [...new Set(steps)];
}

/** The best tour that a search had after so many look-ups; undefined where it had none yet. */
export function bestBy(search: Search, looked: number): Found | undefined {
	return search.found.findLast((found) => found.looked <= looked);
}

/**
 * A race: all runners get the same budget of distance look-ups on the same instance, each through a search of its
 * own, and all reach a checkpoint before any goes on. Each yield is a checkpoint; the lanes are the same objects
 * all the while. Runner i draws from the stream's part named by its solver, so that one solver with other changes
 * begins with the same random numbers.
 *
 * Cost: runners · budget look-ups. Throws RangeError as openSearch.
 */
export function* race(
	distances: DistanceMatrix,
	points: ArrayLike<number>,
	runners: readonly Runner[],
	budget: number,
	marks: readonly number[],
	stream: Stream
): Generator<{ lanes: readonly Lane[]; mark: number }, void> {
	const solvers: Solver[] = [];
	const lanes = runners.map((runner): Lane => {
		const search = openSearch(distances, budget);
		const { solve } = SOLVERS[runner.solver];
		solvers.push(solve(search, stream.split(runner.solver), runner.changes, points));
		return { ...runner, search, ended: false };
	});
	for (const mark of marks) {
		for (const [i, lane] of lanes.entries()) {
			while (!lane.ended && lane.search.looked < mark) lane.ended = advance(solvers[i]);
		}
		yield { lanes, mark };
	}
}
