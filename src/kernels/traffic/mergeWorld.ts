import { acceptGap, following, HIGHWAY_ENV_GAP, type GapRule } from './acceptGap';
import { HIGHWAY_ENV_IDM } from './idmAcceleration';
import { LANE_WIDTH, MERGE_ZONE, rampOffset } from './mergeRoad';
import { indexToSpeed, speedToIndex, type MetaAction } from './metaActions';

export interface Car {
	/** Place along the road, m: the middle of the car. */
	x: number;
	/** Offset from the main lane's middle, m; positive towards the ramp. */
	y: number;
	/** m/s, at least 0. */
	speed: number;
	/** What the driver, or the last action, aims at, m/s. */
	targetSpeed: number;
	/** Where the car steers to. */
	towards: 'main' | 'ramp';
	/** True for a car that takes actions, false for a human driver (IDM and gap acceptance). */
	controlled: boolean;
	crashed: boolean;
	/** Seconds since a human driver last thought of changing lanes. */
	sinceLook: number;
}

export interface World {
	cars: Car[];
	/** s. */
	time: number;
	/** Of the human drivers. */
	rule: GapRule;
}

/** 15 Hz, as in the environment. */
export const SUBSTEP = 1 / 15;
/** Of the speed controller and of the steering towards a lane's middle, s. */
const LAG = 0.6;
const HUMAN_LIMIT = 6;
const LOOK_EVERY = 1;
/** Nine tenths of a car (5 m by 2 m) and of the barrier at the end of the lane (2 m by 2 m). */
const TOUCH = { along: 4.5, across: 1.8, barrier: 3.15 } as const;
/** A car is seen on a lane from this far off its middle, m. */
const SEEN = 3;
const BARRIER = { x: MERGE_ZONE.end, speed: 0 };

/** The lane whose middle is nearer. */
export function laneOf(car: Pick<Car, 'x' | 'y'>): 'main' | 'ramp' {
	return car.y < LANE_WIDTH / 2 ? 'main' : 'ramp';
}

function middle(lane: 'main' | 'ramp', x: number): number {
	return lane === 'main' ? 0 : rampOffset(x);
}

/** The next car ahead and behind on a lane, also one that is still changing over. */
export function neighboursOn(
	{ cars }: World,
	own: Car,
	lane: 'main' | 'ramp'
): { ahead?: Car; behind?: Car } {
	let ahead: Car | undefined;
	let behind: Car | undefined;
	for (const car of cars) {
		if (car === own || Math.abs(car.y - middle(lane, car.x)) > SEEN) continue;
		if (car.x >= own.x) {
			if (!ahead || car.x < ahead.x) ahead = car;
		} else if (!behind || car.x > behind.x) behind = car;
	}
	return { ahead, behind };
}

/** Ahead on the ramp there is also the end of the lane, once there is no nearer car. */
function aheadOn(world: World, own: Car, lane: 'main' | 'ramp') {
	const { ahead } = neighboursOn(world, own, lane);
	if (lane === 'main' || own.x > BARRIER.x || (ahead && ahead.x < BARRIER.x)) return ahead;
	return BARRIER;
}

function humanAcceleration(world: World, car: Car): number {
	const lane = laneOf(car);
	const aheadNow = aheadOn(world, car, lane);
	if (car.towards === 'ramp' && car.sinceLook >= LOOK_EVERY) {
		car.sinceLook = 0;
		if (car.x >= MERGE_ZONE.start && car.x < MERGE_ZONE.end) {
			const there = neighboursOn(world, car, 'main');
			const around = { aheadNow, aheadThere: there.ahead, behindThere: there.behind };
			if (acceptGap(car, around, HIGHWAY_ENV_IDM, world.rule).accepted) car.towards = 'main';
		}
	}
	const wanted = following(car, aheadNow, HIGHWAY_ENV_IDM);
	return Math.max(-HUMAN_LIMIT, Math.min(HUMAN_LIMIT, wanted));
}

/** Gives a controlled car its order. An order that is not allowed now (`legalActions`) keeps speed and lane. */
export function order(car: Car, action: MetaAction): void {
	if (action === 'merge') {
		if (car.towards === 'ramp' && car.x >= MERGE_ZONE.start && car.x < MERGE_ZONE.end) {
			car.towards = 'main';
		}
	} else if (action !== 'idle') {
		car.targetSpeed = indexToSpeed(speedToIndex(car.speed) + (action === 'faster' ? 1 : -1));
	}
}

/**
 * Moves the whole world on by 1/15 s, in place. Controlled cars hold their target speed with a lag of
 * 0.6 s; human drivers follow the intelligent driver model and look for a gap once a second; steering
 * brings a car to its lane's middle with the same lag. Cars that touch crash and roll out.
 *
 * Code: MARL_CAVs' fork of highway-env. Simplified here: heading is left out of driving and touching,
 * the bend adds no length, and drivers see along the whole lane rather than to the end of a segment.
 * Cost O(cars²). Worked value: a controlled car at 20 m/s with target 25 gains (25 − 20)/0.6/15 m/s.
 */
export function advance(world: World): void {
	const { cars } = world;
	const accelerations = cars.map((car) => {
		if (car.crashed) return -car.speed;
		if (car.controlled) return (car.targetSpeed - car.speed) / LAG;
		return humanAcceleration(world, car);
	});
	cars.forEach((car, i) => {
		car.x += car.speed * SUBSTEP;
		car.speed = Math.max(0, car.speed + accelerations[i] * SUBSTEP);
		car.sinceLook += SUBSTEP;
		if (car.towards === 'ramp') car.y = rampOffset(car.x);
		else if (!car.crashed) car.y -= (car.y / LAG) * SUBSTEP;
	});
	for (let i = 0; i < cars.length; i++) {
		const car = cars[i];
		for (let j = i + 1; j < cars.length; j++) {
			const other = cars[j];
			const touching =
				Math.abs(car.x - other.x) < TOUCH.along && Math.abs(car.y - other.y) < TOUCH.across;
			if (!touching || (car.crashed && other.crashed)) continue;
			car.speed = other.speed = Math.min(car.speed, other.speed);
			car.crashed = other.crashed = true;
		}
		const atBarrier =
			Math.abs(car.x - BARRIER.x) < TOUCH.barrier && Math.abs(car.y - LANE_WIDTH) < TOUCH.across;
		if (atBarrier && !car.crashed) {
			car.speed = 0;
			car.crashed = true;
		}
	}
	world.time += SUBSTEP;
}

export function copyWorld(world: World): World {
	return { ...world, cars: world.cars.map((car) => ({ ...car })) };
}

export function createWorld(cars: Car[], rule: GapRule = HIGHWAY_ENV_GAP): World {
	return { cars, time: 0, rule };
}
