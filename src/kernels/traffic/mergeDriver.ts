import type { Stream } from '../core/stream';
import { MERGE_ZONE, SIGHT_ZONE } from './mergeRoad';
import { laneOf, neighboursOn, type World } from './mergeWorld';
import { legalActions, META_ACTIONS, speedToIndex, type MetaAction } from './metaActions';
import { headwayOf } from './worldRewards';

const ZONES = 5;
const SPEEDS = 5;
const HEADWAYS = 3;
const SIDES = 3;
export const DRIVER_STATES = ZONES * SPEEDS * HEADWAYS * SIDES * SIDES;

function zoneOf(x: number, lane: 'main' | 'ramp'): number {
	if (lane === 'main') return x > SIGHT_ZONE.start && x < SIGHT_ZONE.end ? 1 : 0;
	if (x < MERGE_ZONE.start) return 2;
	return x < (MERGE_ZONE.start + MERGE_ZONE.end) / 2 ? 3 : 4;
}

/** Too near to slip in, near, or free, m. */
const sideOf = (distance: number) => (distance < 8 ? 0 : distance < 20 ? 1 : 2);

/**
 * What a driver sees of the world, as one of 675 states: the stretch of road it is on, its own speed,
 * whether the car ahead is nearer than 0.7 or 1.2 of what the reward asks for, and how near the cars
 * ahead and behind on the other lane are (below 8 m, below 20 m, or not).
 *
 * Cost O(cars). Worked value: alone on the main road before the ramp comes in sight, at 25 m/s: zone
 * 0, speed 3, everything free.
 */
export function observe(world: World, i: number): number {
	const car = world.cars[i];
	const lane = laneOf(car);
	const ratio = headwayOf(world, i) / (1.2 * Math.max(car.speed, 1));
	const headway = ratio < 0.7 ? 0 : ratio < 1.2 ? 1 : 2;
	const inSight = car.x > SIGHT_ZONE.start && car.x < SIGHT_ZONE.end;
	const other = lane === 'main' ? 'ramp' : 'main';
	const { ahead, behind } = inSight ? neighboursOn(world, car, other) : {};
	const front = ahead ? sideOf(ahead.x - car.x) : 2;
	const rear = behind ? sideOf(car.x - behind.x) : 2;
	const speed = speedToIndex(car.targetSpeed);
	return (
		(((zoneOf(car.x, lane) * SPEEDS + speed) * HEADWAYS + headway) * SIDES + front) * SIDES + rear
	);
}

/** Action values of all drivers, shared: [state · 4 + action]. */
export type DriverValues = Float64Array;

export function createDriver(): DriverValues {
	return new Float64Array(DRIVER_STATES * META_ACTIONS.length);
}

/** The best open order in a state, the first of equals. */
export function greedyAction(
	values: DriverValues,
	state: number,
	open: readonly MetaAction[]
): MetaAction {
	let best = open[0];
	for (const action of open) {
		if (valueOf(values, state, action) > valueOf(values, state, best)) best = action;
	}
	return best;
}

export function valueOf(values: DriverValues, state: number, action: MetaAction): number {
	return values[state * META_ACTIONS.length + META_ACTIONS.indexOf(action)];
}

/** With probability ε any open order, otherwise the best one. */
export function chooseAction(
	values: DriverValues,
	world: World,
	i: number,
	epsilon: number,
	stream: Stream
): MetaAction {
	const open = legalActions(world.cars[i]);
	if (epsilon > 0 && stream.uniform() < epsilon) return open[stream.int(open.length)];
	return greedyAction(values, observe(world, i), open);
}
