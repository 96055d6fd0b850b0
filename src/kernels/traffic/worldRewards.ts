import { mergeReward, type RewardTerms } from './mergeReward';
import { MERGE_ZONE, SIGHT_ZONE } from './mergeRoad';
import { laneOf, type World } from './mergeWorld';
import { rewardLevels, type RewardLevels } from './rewardLevels';

export type RewardLevel = keyof RewardLevels;

/** Positions of the controlled cars next to car i: ahead and behind, on its lane and, in sight, on the other. */
export function controlledNeighbours({ cars }: World, i: number): number[] {
	const own = cars[i];
	const inSight = own.x > SIGHT_ZONE.start && own.x < SIGHT_ZONE.end;
	const lanes = inSight ? (['main', 'ramp'] as const) : [laneOf(own)];
	const found: number[] = [];
	for (const lane of lanes) {
		let ahead = -1;
		let behind = -1;
		cars.forEach((car, j) => {
			if (j === i || laneOf(car) !== lane) return;
			if (car.x >= own.x) {
				if (ahead < 0 || car.x < cars[ahead].x) ahead = j;
			} else if (behind < 0 || car.x > cars[behind].x) behind = j;
		});
		for (const j of [ahead, behind]) if (j >= 0 && cars[j].controlled) found.push(j);
	}
	return found;
}

/** Distance to the next car ahead on the same lane, centre to centre; Infinity without one. */
export function headwayOf({ cars }: World, i: number): number {
	const own = cars[i];
	const lane = laneOf(own);
	let headway = Infinity;
	for (const car of cars) {
		if (car !== own && car.x > own.x && laneOf(car) === lane) {
			headway = Math.min(headway, car.x - own.x);
		}
	}
	return headway;
}

/** The terms of car i's own reward as the world now stands. */
export function rewardOf(world: World, i: number): RewardTerms {
	const car = world.cars[i];
	return mergeReward({
		speed: car.speed,
		headway: headwayOf(world, i),
		x: car.x,
		onMergeLane: laneOf(car) === 'ramp' && car.x >= MERGE_ZONE.start,
		crashed: car.crashed
	});
}

/**
 * The rewards of all controlled cars as the world now stands, at the three levels. Positions are those
 * among the controlled cars, which come first in the list of cars.
 *
 * Code: MARL_CAVs' merge_env_v1, but for sight along the whole lane. Cost O(cars²).
 */
export function worldRewards(world: World): RewardLevels {
	const count = world.cars.findIndex((car) => !car.controlled);
	const controlled = count < 0 ? world.cars.length : count;
	const own: number[] = [];
	const neighbours: number[][] = [];
	for (let i = 0; i < controlled; i++) {
		own.push(rewardOf(world, i).total);
		neighbours.push(controlledNeighbours(world, i));
	}
	return rewardLevels(own, neighbours);
}
