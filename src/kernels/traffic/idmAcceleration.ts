export interface IdmParameters {
	/** v0 > 0: speed on an empty road, m/s. */
	desiredSpeed: number;
	/** T: time kept to the car ahead, s. */
	timeHeadway: number;
	/** s0: distance kept when standing, m. */
	jamDistance: number;
	/** a: largest acceleration, m/s². */
	maxAcceleration: number;
	/** b: braking that is comfortable, m/s², positive. */
	comfortBraking: number;
	/** δ. Default 4. */
	exponent?: number;
}

/** highway-env's drivers. Distances are between centres there, so the jam distance holds a car's length of 5 m. */
export const HIGHWAY_ENV_IDM: IdmParameters = {
	desiredSpeed: 25,
	timeHeadway: 1.5,
	jamDistance: 10,
	maxAcceleration: 3,
	comfortBraking: 5
};

/** A distance of 0 would divide by zero; the environment holds it off by this much. */
const LEAST_GAP = 0.01;

export interface IdmAcceleration {
	/** m/s². */
	acceleration: number;
	/** w, the distance that the driver wants, m (s* in the paper). */
	desiredGap: number;
}

/**
 * The intelligent driver model: how a driver speeds up and brakes behind another car.
 *
 *     a = a_max·[1 − (v/v0)^δ − (w/s)²],   w = s0 + v·T + v·Δv / (2·√(a_max·b))
 *
 * v is the own speed, s the distance ahead and Δv how fast it closes (own speed less that of the car
 * ahead). A driver's own `desiredSpeed` takes the place of the parameters' v0. Without a car ahead
 * (gap = Infinity) only the first two terms are left. Behind a car that keeps its speed the distance
 * settles where a = 0, see `idmEquilibriumGap`.
 *
 * Paper: Treiber, Hennecke and Helbing, Physical Review E 62 (2000). Implementations differ in s:
 * from bumper to bumper in the paper, from centre to centre in highway-env, which takes 10 m for s0
 * instead; neither holds w at 0 or above, nor does this. highway-env clips a at ±6 outside the model.
 *
 * Cost O(1). Throws RangeError for a speed that is negative or a desired speed that is not above 0.
 * Worked value: v = 20, s = 35.7220, Δv = 0 with v0 = 30, T = 1.5, s0 = 2: a = 0, w = 32.
 */
export function idmAcceleration(
	situation: { speed: number; gap: number; approach: number; desiredSpeed?: number },
	parameters: IdmParameters
): IdmAcceleration {
	const { speed, gap, approach, desiredSpeed = parameters.desiredSpeed } = situation;
	const { timeHeadway, jamDistance, maxAcceleration, comfortBraking } = parameters;
	if (!(speed >= 0)) {
		throw new RangeError(`idmAcceleration: speed must be at least 0, got ${speed}`);
	}
	if (!(desiredSpeed > 0)) {
		throw new RangeError(`idmAcceleration: desiredSpeed must be above 0, got ${desiredSpeed}`);
	}
	const desiredGap =
		jamDistance +
		speed * timeHeadway +
		(speed * approach) / (2 * Math.sqrt(maxAcceleration * comfortBraking));
	const free = 1 - (speed / desiredSpeed) ** (parameters.exponent ?? 4);
	const held = gap === Infinity ? 0 : (desiredGap / Math.max(gap, LEAST_GAP)) ** 2;
	return { acceleration: maxAcceleration * (free - held), desiredGap };
}
