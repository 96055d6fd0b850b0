import type { Stream } from '../core/stream';
import { LANE_WIDTH, MERGE_ZONE } from './mergeRoad';
import { advance, createWorld, order, SUBSTEP, type Car } from './mergeWorld';

/** A moment in which a car on the ramp could change over, between two cars of the main road. */
export interface MergeCase {
	/** To the car that would be ahead and the one that would be behind, centre to centre, m. */
	gapAhead: number;
	gapBehind: number;
	/** m/s. */
	speed: number;
	speedAhead: number;
	speedBehind: number;
	/** Left of the lane that ends, m. */
	toEnd: number;
	/** Whether changing over now goes well, by simulation. */
	safe: boolean;
	/** Hardest braking of the car behind, m/s², at least 0. */
	braking: number;
}

/** What a case looks like to the memory, in the order of `caseFeatures`. */
export const CASE_FEATURES = [
	'distance ahead',
	'distance behind',
	'closing speed ahead',
	'closing speed behind',
	'distance to the end'
] as const;

/** Distances in m and closing speeds in m/s; a closing speed is above 0 where two cars come nearer. */
export function caseFeatures(it: MergeCase): number[] {
	return [it.gapAhead, it.gapBehind, it.speed - it.speedAhead, it.speedBehind - it.speed, it.toEnd];
}

const WATCHED = 4;

/**
 * Whether to merge now goes well: the car changes over at once, the two others are human drivers
 * (intelligent driver model), and for four seconds nobody may crash nor the one behind brake harder
 * than `hardest`.
 *
 * Cost: 60 simulation steps. Worked value: 55 m to both, equal speeds: safe.
 */
export function tryMerge(scene: Omit<MergeCase, 'safe' | 'braking'>, hardest: number): MergeCase {
	const x = MERGE_ZONE.end - scene.toEnd;
	const make = (at: number, speed: number, controlled: boolean): Car => ({
		x: at,
		y: controlled ? LANE_WIDTH : 0,
		speed,
		targetSpeed: speed,
		towards: controlled ? 'ramp' : 'main',
		controlled,
		crashed: false,
		sinceLook: 0
	});
	const cars = [
		make(x, scene.speed, true),
		make(x + scene.gapAhead, scene.speedAhead, false),
		make(x - scene.gapBehind, scene.speedBehind, false)
	];
	const world = createWorld(cars);
	order(cars[0], 'merge');
	let braking = 0;
	while (world.time < WATCHED && !cars.some((car) => car.crashed)) {
		const before = cars[2].speed;
		advance(world);
		if (!cars[2].crashed) braking = Math.max(braking, (before - cars[2].speed) / SUBSTEP);
	}
	return { ...scene, safe: !cars.some((car) => car.crashed) && braking <= hardest, braking };
}

/** A scene drawn at random, with what merging in it leads to. */
export function drawCase(stream: Stream, hardest: number): MergeCase {
	const between = (low: number, high: number) => low + (high - low) * stream.uniform();
	return tryMerge(
		{
			gapAhead: between(6, 60),
			gapBehind: between(6, 60),
			speed: between(12, 30),
			speedAhead: between(12, 30),
			speedBehind: between(12, 30),
			toEnd: between(20, 100)
		},
		hardest
	);
}
