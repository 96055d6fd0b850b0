import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { HIGHWAY_ENV_GAP, type GapRule } from './acceptGap';
import { rampOffset } from './mergeRoad';
import { createWorld, type Car, type World } from './mergeWorld';
import { indexToSpeed, speedToIndex } from './metaActions';

export type Density = 'light' | 'medium' | 'dense';

/** Fewest and most controlled cars and human drivers. */
const COUNTS = {
	light: { controlled: [1, 3], human: [1, 3] },
	medium: { controlled: [2, 4], human: [2, 4] },
	dense: { controlled: [4, 6], human: [3, 5] }
} as const;

const PLACES = {
	main: [10, 50, 90, 130, 170, 210],
	ramp: [5, 45, 85, 125, 165, 205]
} as const;

/**
 * A first scene of the merge environment: half of the controlled cars and half of the human drivers on
 * the main road (rounded down), the rest on the ramp, on places 40 m apart, each moved by up to 1.5 m,
 * at 25 to 27 m/s. Controlled cars come first in the list.
 *
 * Code: `_reset` and `_make_vehicles` of MARL_CAVs' merge_env_v1. Cost O(cars).
 * Worked value: in dense traffic there are 7 to 11 cars.
 */
export function drawScene(
	density: Density,
	stream: Stream,
	rule: GapRule = HIGHWAY_ENV_GAP
): World {
	const between = ([low, high]: readonly [number, number]) => low + stream.int(high - low + 1);
	const controlled = between(COUNTS[density].controlled);
	const human = between(COUNTS[density].human);
	const left = { main: shuffle(stream, PLACES.main), ramp: shuffle(stream, PLACES.ramp) };
	const make = (towards: 'main' | 'ramp', isControlled: boolean): Car => {
		const x = left[towards].pop()! + 3 * stream.uniform() - 1.5;
		const speed = 25 + 2 * stream.uniform();
		return {
			x,
			y: towards === 'main' ? 0 : rampOffset(x),
			speed,
			targetSpeed: isControlled ? indexToSpeed(speedToIndex(speed)) : speed,
			towards,
			controlled: isControlled,
			crashed: false,
			sinceLook: stream.uniform()
		};
	};
	const cars: Car[] = [];
	for (const [count, isControlled] of [
		[controlled, true],
		[human, false]
	] as const) {
		for (let i = 0; i < count; i++) {
			cars.push(make(i < Math.floor(count / 2) ? 'main' : 'ramp', isControlled));
		}
	}
	return createWorld(cars, rule);
}
