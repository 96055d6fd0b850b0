/** Below this angle the quotients lose digits to 1 − cos θ; three terms of their series are exact there. */
const SMALL = 1e-2;

/** What multiplies ŵ and ŵ² in the exponential and its integral, for the angle θ. */
export interface RotationSeries {
	/** sin θ / θ */
	sine: number;
	/** (1 − cos θ) / θ² */
	cosine: number;
	/** (θ − sin θ) / θ³ */
	cubic: number;
}

/**
 * The three quotients of Rodrigues' formula and of the Jacobian, to the last digits at any angle.
 * Worked value: rotationSeries(0) = {sine: 1, cosine: 1/2, cubic: 1/6}.
 */
export function rotationSeries(angle: number): RotationSeries {
	if (Math.abs(angle) > SMALL) {
		const half = Math.sin(angle / 2);
		return {
			sine: Math.sin(angle) / angle,
			cosine: (2 * half * half) / (angle * angle),
			cubic: (angle - Math.sin(angle)) / angle ** 3
		};
	}
	const square = angle * angle;
	return {
		sine: 1 - (square / 6) * (1 - (square / 20) * (1 - square / 42)),
		cosine: (1 - (square / 12) * (1 - (square / 30) * (1 - square / 56))) / 2,
		cubic: (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))) / 6
	};
}
