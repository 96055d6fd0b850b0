import { cartesianWrench, wrenchInBody } from './cartesianImpedance';
import { geometricWrench, type Stiffness, type Wrench } from './geometricImpedance';
import { apply3, type Matrix3 } from './matrix3';
import type { Pose } from './pose';
import type { BodyVelocity } from './releaseBody';
import { add3, scale3, type Vector3 } from './vector3';

export type ImpedanceKind = 'geometric' | 'cartesian';

const roots = (gains: Matrix3, factor: number): Matrix3 =>
	gains.map((gain, i) => (i % 4 === 0 ? factor * Math.sqrt(gain) : 0));

/**
 * The control law of the GIC code for a goal that stays where it is, as a force law in the body's frame:
 *
 *     geometric   −f_G − K_d V_b            with V_b the velocity along the body's axes
 *     cartesian   −f_X − K_d V, in the room's axes, then turned into the body's
 *
 * K_d = damping · √(diag(K_p, K_R)); the code takes 8, for its robot. The full law adds inertia, Coriolis and
 * gravity terms and follows a moving goal; with a goal at rest and a free body they vanish or cancel.
 * Gains must be diagonal. Throws RangeError for gains below 0 or off the diagonal.
 */
export function impedanceLaw(
	kind: ImpedanceKind,
	goal: Pose,
	stiffness: Stiffness,
	damping: number
): (pose: Pose, velocity: BodyVelocity) => Wrench {
	for (const [name, gains] of Object.entries(stiffness)) {
		const wrong = (gains as Matrix3).find((gain, i) => (i % 4 === 0 ? !(gain >= 0) : gain !== 0));
		if (wrong !== undefined) {
			throw new RangeError(
				`impedanceLaw: stiffness.${name} must be diagonal and at least 0, got ${wrong}`
			);
		}
	}
	const slow = roots(stiffness.translation, damping);
	const slowTurn = roots(stiffness.rotation, damping);
	const against = (elastic: Vector3, gains: Matrix3, speed: Vector3) =>
		scale3(add3(elastic, apply3(gains, speed)), -1);
	return (pose, { v, w }) => {
		if (kind === 'geometric') {
			const { force, torque } = geometricWrench(pose, goal, stiffness);
			return { force: against(force, slow, v), torque: against(torque, slowTurn, w) };
		}
		const { force, torque } = cartesianWrench(pose, goal, stiffness);
		const { rotation } = pose;
		return wrenchInBody(
			{
				force: against(force, slow, apply3(rotation, v)),
				torque: against(torque, slowTurn, apply3(rotation, w))
			},
			rotation
		);
	};
}
