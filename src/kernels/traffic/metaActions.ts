import { MERGE_ZONE } from './mergeRoad';

/**
 * The orders a controlled car can get. The environment's fifth, to change to the right, is never open on
 * this road: the lane that ends may be left, not entered.
 */
export const META_ACTIONS = ['idle', 'faster', 'slower', 'merge'] as const;
export type MetaAction = (typeof META_ACTIONS)[number];

const SLOWEST = 10;
const STEP = 5;
const HIGHEST_INDEX = 4;

/** The nearest of the speeds 10, 15, 20, 25, 30 m/s, as 0 … 4. Halves go to the even one, as in NumPy. */
export function speedToIndex(speed: number): number {
	const exact = (speed - SLOWEST) / STEP;
	const floor = Math.floor(exact);
	const half = exact - floor === 0.5;
	const nearest = half ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(exact);
	return Math.max(0, Math.min(HIGHEST_INDEX, nearest));
}

export function indexToSpeed(index: number): number {
	return SLOWEST + STEP * Math.max(0, Math.min(HIGHEST_INDEX, index));
}

/**
 * The orders open to a car: faster and slower by one step of 5 m/s between 10 and 30 m/s, and to merge
 * from the lane beside the main road. A controlled car cannot stop, so at the end of the lane it has
 * merged or it crashes.
 *
 * Code: DiscreteMetaAction and MDPVehicle of highway-env, in MARL_CAVs' settings. MARL_CAVs builds its
 * mask of open orders as one list for all cars, so there each car is shown the orders of any; here
 * each has its own. Cost O(1). Worked value: 30 m/s on the main road: idle and slower.
 */
export function legalActions(car: {
	x: number;
	targetSpeed: number;
	towards: 'main' | 'ramp';
}): MetaAction[] {
	const actions: MetaAction[] = ['idle'];
	const index = speedToIndex(car.targetSpeed);
	if (index < HIGHEST_INDEX) actions.push('faster');
	if (index > 0) actions.push('slower');
	const beside = car.x >= MERGE_ZONE.start && car.x < MERGE_ZONE.end;
	if (beside && car.towards === 'ramp') actions.push('merge');
	return actions;
}
