import { anyCrash, decide } from './mergeEpisode';
import { copyWorld, type World } from './mergeWorld';
import { legalActions, type MetaAction } from './metaActions';
import { rewardOf } from './worldRewards';

/** Sum over the next `depth` decisions of the mean reward of `members`, after the given orders and then none. */
export function foresee(
	world: World,
	actions: readonly MetaAction[],
	members: readonly number[],
	depth: number,
	substeps: number
): number {
	const copy = copyWorld(world);
	let sum = 0;
	for (let step = 0; step < depth; step++) {
		decide(copy, step === 0 ? actions : actions.map(() => 'idle' as const), substeps);
		for (const i of members) sum += rewardOf(copy, i).total / members.length;
		if (anyCrash(copy)) break;
	}
	return sum;
}

/**
 * The joint orders of a few cars that look best `depth` decisions ahead, all others kept to what they
 * have: every combination of open orders is tried in a copy of the world, and the one with the highest
 * mean reward of the group is taken (the first of equals).
 *
 * Stands in for a regional decision maker; CCMA has a fine-tuned language model there.
 * Cost: O(4^members · depth · substeps · cars²). Throws RangeError for no members.
 */
export function lookAhead(
	world: World,
	base: readonly MetaAction[],
	members: readonly number[],
	depth: number,
	substeps: number
): MetaAction[] {
	if (members.length === 0) throw new RangeError('lookAhead: members must not be empty');
	let best = [...base];
	let bestWorth = foresee(world, best, members, depth, substeps);
	const trial = [...base];
	const visit = (m: number) => {
		if (m === members.length) {
			const worth = foresee(world, trial, members, depth, substeps);
			if (worth > bestWorth + 1e-9) [best, bestWorth] = [[...trial], worth];
			return;
		}
		for (const action of legalActions(world.cars[members[m]])) {
			trial[members[m]] = action;
			visit(m + 1);
		}
	};
	visit(0);
	return best;
}
