import type { Twist } from './expSe3';
import { inverseLeftJacobian } from './leftJacobian';
import { logSo3 } from './logSo3';
import { apply3 } from './matrix3';
import type { Pose } from './pose';

/**
 * The twist of a rigid motion with |w| in [0, π], an inverse of `expSe3`: w = log R, v = V(w)⁻¹ p.
 *
 * At a half turn w and −w are both right, with two different v. Throws RangeError unless R is a rotation.
 * Worked value: of a quarter turn about z that ends at [2/π, 2/π, 0], v = [1, 0, 0].
 */
export function logSe3({ rotation, position }: Pose): Twist {
	const w = logSo3(rotation);
	return { v: apply3(inverseLeftJacobian(w), position), w };
}
