import type { Matrix3 } from './matrix3';
import { apply3 } from './matrix3';
import { expertArrow, turnPoints, type PushTask } from './pushTask';
import { add3, norm3, type Vector3 } from './vector3';

export interface PushTest {
	/** Mean |f(Rx) − R f(x)| over the cans, divided by the mean |f(x)|: 0 for an equivariant policy. */
	equivarianceError: number;
	/** Mean distance of f(Rx) from the expert's arrow for Rx, whose length is at most 1. */
	expertError: number;
}

/**
 * Tests a policy on cans that are all turned by R, in two ways that are easily taken for one: does its arrow
 * turn along with the can, and is it the right arrow?
 *
 * Throws RangeError for no cans.
 */
export function testPushPolicy(
	arrow: (points: readonly Vector3[]) => Vector3,
	cans: readonly (readonly Vector3[])[],
	rotation: Matrix3,
	task: PushTask
): PushTest {
	if (cans.length === 0) throw new RangeError('testPushPolicy: cans must not be empty');
	let [apart, length, wrong] = [0, 0, 0];
	for (const can of cans) {
		const upright = arrow(can);
		const turned = turnPoints(can, rotation);
		const there = arrow(turned);
		apart += norm3(add3(there, apply3(rotation, upright), -1));
		length += norm3(upright);
		wrong += norm3(add3(there, expertArrow(turned, task), -1));
	}
	return { equivarianceError: apart / length, expertError: wrong / cans.length };
}
