import { expSo3 } from './expSo3';
import { logSo3 } from './logSo3';
import type { Matrix3 } from './matrix3';

const DEGREE = Math.PI / 180;

/**
 * The rotation of a rotation vector in degrees: direction the axis, length the angle.
 * Throws RangeError unless there are three finite numbers.
 * Worked value: turnFromDegrees([0, 0, 90]) turns x to y.
 */
export function turnFromDegrees(vector: readonly number[]): Matrix3 {
	if (vector.length !== 3) {
		throw new RangeError(`turnFromDegrees: vector must have 3 numbers, got ${vector.length}`);
	}
	const [x, y, z] = vector;
	return expSo3([DEGREE * x, DEGREE * y, DEGREE * z]);
}

/** The rotation vector in degrees, of length at most 180, to a tenth. Throws as `logSo3` does. */
export function degreesOfTurn(rotation: Matrix3): [number, number, number] {
	const [x, y, z] = logSo3(rotation).map((part) => Math.round((10 * part) / DEGREE) / 10 || 0);
	return [x, y, z];
}
