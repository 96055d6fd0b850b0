import { mostSimilar } from '../retrieval/mostSimilar';
import { standardise, standardsOf } from '../retrieval/standardise';
import { LANE_WIDTH, MERGE_ZONE, SIGHT_ZONE } from './mergeRoad';
import { laneOf, neighboursOn, type World } from './mergeWorld';
import { legalActions, type MetaAction } from './metaActions';
import { headwayOf } from './worldRewards';

/** What a car's surroundings were, and the order that was carried out in them. */
export interface StoredDecision {
	features: number[];
	action: MetaAction;
}

const SIGHT = 60;

/** A car's surroundings in m and m/s: side of the road, way to the end, speed, distances and closing speed. */
export function decisionFeatures(world: World, i: number): number[] {
	const car = world.cars[i];
	const lane = laneOf(car);
	const { ahead, behind } = neighboursOn(world, car, lane === 'main' ? 'ramp' : 'main');
	return [
		lane === 'main' ? 0 : LANE_WIDTH,
		Math.max(0, MERGE_ZONE.end - car.x),
		car.speed,
		Math.min(SIGHT, headwayOf(world, i)),
		ahead ? Math.min(SIGHT, ahead.x - car.x) : SIGHT,
		behind ? Math.min(SIGHT, car.x - behind.x) : SIGHT,
		behind && car.x - behind.x < SIGHT ? behind.speed - car.speed : 0
	];
}

/** True on the stretch where the two roads see each other: there the levels above the car decide along. */
export function inRegion(world: World, i: number): boolean {
	const { x } = world.cars[i];
	return x > SIGHT_ZONE.start && x < SIGHT_ZONE.end;
}

/**
 * The order that most of the k most similar stored decisions took, among those open now; undefined
 * where nothing is stored or none of them is open. Features are standardised over what is stored.
 *
 * Cost: O(stored). Throws as `mostSimilar` does.
 */
export function recallOrder(
	world: World,
	i: number,
	memory: readonly StoredDecision[],
	k: number
): MetaAction | undefined {
	if (memory.length === 0) return undefined;
	const standards = standardsOf(memory.map(({ features }) => features));
	const matches = mostSimilar(
		standardise(decisionFeatures(world, i), standards),
		memory.map(({ features }) => standardise(features, standards)),
		k
	);
	const open = legalActions(world.cars[i]);
	let best: MetaAction | undefined;
	let most = 0;
	for (const action of open) {
		const votes = matches.filter(({ position }) => memory[position].action === action).length;
		if (votes > most) [best, most] = [action, votes];
	}
	return best;
}
