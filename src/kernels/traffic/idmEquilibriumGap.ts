import type { IdmParameters } from './idmAcceleration';

/**
 * The distance at which a driver of the intelligent driver model keeps the speed v of the car ahead:
 *
 *     s_e(v) = (s0 + v·T) / √(1 − (v/v0)^δ)
 *
 * It grows without bound as v nears the desired speed v0. Cost O(1).
 * Throws RangeError for a speed outside [0, v0).
 * Worked value: v = 20, v0 = 30, T = 1.5, s0 = 2: 32/√(1 − (2/3)⁴) = 35.7220 m.
 */
export function idmEquilibriumGap(speed: number, parameters: IdmParameters): number {
	const { desiredSpeed, timeHeadway, jamDistance, exponent = 4 } = parameters;
	if (!(speed >= 0 && speed < desiredSpeed)) {
		throw new RangeError(
			`idmEquilibriumGap: speed must be in [0, desiredSpeed = ${desiredSpeed}), got ${speed}`
		);
	}
	return (jamDistance + speed * timeHeadway) / Math.sqrt(1 - (speed / desiredSpeed) ** exponent);
}
