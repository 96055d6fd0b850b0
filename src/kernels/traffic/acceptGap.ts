import { idmAcceleration, type IdmParameters } from './idmAcceleration';

/** A car as a lane-changer sees it: place along the road in m, speed and desired speed in m/s. */
export interface Mover {
	x: number;
	speed: number;
	targetSpeed: number;
}

export interface GapRule {
	/** A change that makes the new follower brake harder than this is refused, m/s². */
	maxBraking: number;
	/** What the changer must win in acceleration, m/s². */
	leastGain: number;
}

/** highway-env's rule: MOBIL with politeness 0. */
export const HIGHWAY_ENV_GAP: GapRule = { maxBraking: 9, leastGain: 0.1 };

export interface GapDecision {
	accepted: boolean;
	/** What the new follower would have to do, m/s²; 0 without one. */
	followerAcceleration: number;
	/** Own acceleration in the new lane less that in the old, m/s². */
	gain: number;
}

/** Acceleration of `car` behind `ahead`; 0 where there is no car, free driving where none is ahead. */
export function following(
	car: Mover | undefined,
	ahead: Pick<Mover, 'x' | 'speed'> | undefined,
	parameters: IdmParameters
): number {
	if (!car) return 0;
	return idmAcceleration(
		{
			speed: car.speed,
			gap: ahead ? ahead.x - car.x : Infinity,
			approach: ahead ? car.speed - ahead.speed : 0,
			desiredSpeed: car.targetSpeed
		},
		parameters
	).acceleration;
}

/**
 * Gap acceptance, MOBIL with politeness 0: change lanes if the new follower need not brake harder than
 * `maxBraking` and the change wins at least `leastGain` of acceleration. Accelerations are those of
 * the intelligent driver model.
 *
 * Paper: Kesting, Treiber and Helbing, Transportation Research Record 1999 (2007), who ask for 4 m/s²
 * and less, and weigh what others lose by a politeness; highway-env has 9 m/s² and no politeness.
 * Cost O(1). Throws as idmAcceleration does.
 * Worked value: a car at 20 m/s, 40 m before an end of lane, empty lane beside it: accepted.
 */
export function acceptGap(
	car: Mover,
	around: {
		aheadNow?: Pick<Mover, 'x' | 'speed'>;
		aheadThere?: Pick<Mover, 'x' | 'speed'>;
		behindThere?: Mover;
	},
	parameters: IdmParameters,
	rule: GapRule = HIGHWAY_ENV_GAP
): GapDecision {
	const followerAcceleration = following(around.behindThere, car, parameters);
	const gain =
		following(car, around.aheadThere, parameters) - following(car, around.aheadNow, parameters);
	return {
		accepted: followerAcceleration >= -rule.maxBraking && gain >= rule.leastGain,
		followerAcceleration,
		gain
	};
}
