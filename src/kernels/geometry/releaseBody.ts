import { expSe3 } from './expSe3';
import type { Wrench } from './geometricImpedance';
import { compose, type Pose } from './pose';
import { add3, cross3, scale3, type Vector3 } from './vector3';

/** Velocity in the body's frame: v in m/s, w in rad/s. */
export interface BodyVelocity {
	v: Vector3;
	w: Vector3;
}

export interface Release {
	start: Pose;
	/** What acts on the body, in its own frame. */
	wrench(pose: Pose, velocity: BodyVelocity): Wrench;
	/** s */
	duration: number;
	/** s. Default 1 ms. */
	step?: number;
	/** States kept, first and last among them. */
	frames: number;
	/** kg. Default 1. */
	mass?: number;
	/** kg·m², the same about every axis. Default 1. */
	inertia?: number;
}

export interface Frame {
	/** s */
	time: number;
	pose: Pose;
	velocity: BodyVelocity;
}

/**
 * The motion of a free rigid body that starts at rest, without gravity, contact or an arm:
 *
 *     m (v̇ + w × v) = force,  J ẇ = torque,  g ← g · exp(h V̂)
 *
 * By the midpoint rule on SE(3): half a step gives the velocity and the wrench for the whole one. Poses move
 * along screws, so a rotation stays a rotation; the error is O(h²). All quantities are the body's own: a start, goal and force law
 * that are moved together move the whole path, up to rounding. Cost: two wrenches and some 5 µs a step.
 * Throws RangeError for a duration or step that is not above 0, or fewer than 2 frames.
 * Worked value: a constant force of 1 N on 1 kg takes the body 0.5 m far in 1 s.
 */
export function releaseBody({
	start,
	wrench,
	duration,
	step = 1e-3,
	frames,
	mass = 1,
	inertia = 1
}: Release): Frame[] {
	if (!(duration > 0 && step > 0)) {
		throw new RangeError(
			`releaseBody: duration and step must be above 0, got ${duration} and ${step}`
		);
	}
	if (!(frames >= 2)) throw new RangeError(`releaseBody: frames must be at least 2, got ${frames}`);
	const perFrame = Math.max(1, Math.round(duration / step / (frames - 1)));
	let pose = start;
	let velocity: BodyVelocity = { v: [0, 0, 0], w: [0, 0, 0] };
	const kept: Frame[] = [{ time: 0, pose, velocity }];
	const moved = (from: Pose, { v, w }: BodyVelocity, time: number) =>
		compose(from, expSe3({ v: scale3(v, time), w: scale3(w, time) }));
	const pushed = (from: BodyVelocity, at: Pose, now: BodyVelocity, time: number): BodyVelocity => {
		const { force, torque } = wrench(at, now);
		const acceleration = add3(scale3(force, 1 / mass), cross3(now.w, now.v), -1);
		return { v: add3(from.v, acceleration, time), w: add3(from.w, torque, time / inertia) };
	};
	for (let i = 1; i <= perFrame * (frames - 1); i++) {
		const halfway = pushed(velocity, pose, velocity, step / 2);
		velocity = pushed(velocity, moved(pose, velocity, step / 2), halfway, step);
		pose = moved(pose, halfway, step);
		if (i % perFrame === 0) kept.push({ time: i * step, pose, velocity });
	}
	return kept;
}
