import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	cartesianError,
	cartesianWrench,
	wrenchInBody
} from '../../../src/kernels/geometry/cartesianImpedance';
import { expSe3 } from '../../../src/kernels/geometry/expSe3';
import { expSo3 } from '../../../src/kernels/geometry/expSo3';
import {
	geometricError,
	geometricPotential,
	geometricWrench,
	type Stiffness,
	type Wrench
} from '../../../src/kernels/geometry/geometricImpedance';
import { impedanceLaw } from '../../../src/kernels/geometry/impedanceLaw';
import { rotationAngle } from '../../../src/kernels/geometry/logSo3';
import {
	apply3,
	diagonal3,
	identity3,
	multiply3,
	transpose3
} from '../../../src/kernels/geometry/matrix3';
import { compose, identityPose, inversePose, type Pose } from '../../../src/kernels/geometry/pose';
import { releaseBody } from '../../../src/kernels/geometry/releaseBody';
import { rotationSpring } from '../../../src/kernels/geometry/rotationSpring';
import {
	add3,
	cross3,
	dot3,
	norm3,
	scale3,
	type Vector3
} from '../../../src/kernels/geometry/vector3';
import { expectNear, rotationVectors, section, vectors, type Nested } from './reference';

const CLOSE = { rtol: 1e-10, atol: 1e-10 };
const unlike: Stiffness = {
	translation: diagonal3([100, 10, 10]),
	rotation: diagonal3([1, 2, 3])
};
const even: Stiffness = { translation: diagonal3([20, 20, 20]), rotation: diagonal3([3, 3, 3]) };
/** Symmetric it is not, nor diagonal. */
const sheared = [1, 1, 0, 0, 1, 0, 0, 0, 1];
const poses = fc
	.tuple(rotationVectors(3), vectors(2))
	.map(([w, position]): Pose => ({ rotation: expSo3(w), position }));

describe('the geometric spring', () => {
	test('by hand: 60° about z, one metre off', () => {
		const pose: Pose = { rotation: expSo3([0, 0, Math.PI / 3]), position: [1, 0, 0] };
		const stiffness = { translation: diagonal3([100, 10, 10]), rotation: identity3 };
		const { force, torque } = geometricWrench(pose, identityPose, stiffness);
		expectNear(force, [50, -50 * Math.sqrt(3), 0], CLOSE);
		expectNear(torque, [0, 0, Math.sqrt(3)], CLOSE);
		// ½ · 100 for the offset and 2 (1 − cos 60°) = 1 for the turn.
		expect(geometricPotential(pose, identityPose, stiffness)).toBeCloseTo(51, 12);
	});

	test('by hand: unlike gains of rotation', () => {
		const pose: Pose = { rotation: expSo3([0.4, 0.1, -0.2]), position: [0, 0, 0] };
		const { torque } = geometricWrench(pose, identityPose, unlike);
		expectNear(torque, [1.92090512, 0.46475603, -0.55956696], { rtol: 0, atol: 5e-9 });
	});

	test('energy is at least 0, and 0 at the goal', () => {
		fc.assert(
			fc.property(poses, poses, (pose, goal) => {
				expect(geometricPotential(pose, goal, unlike)).toBeGreaterThan(-1e-12);
				expect(geometricPotential(goal, goal, unlike)).toBeCloseTo(0, 12);
				expectNear(Object.values(geometricError(goal, goal)).flat(), [0, 0, 0, 0, 0, 0], CLOSE);
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('energy, error and wrench stay where both poses are moved alike', () => {
		fc.assert(
			fc.property(poses, poses, poses, (pose, goal, h) => {
				const [there, aim] = [compose(h, pose), compose(h, goal)];
				expect(geometricPotential(there, aim, unlike)).toBeCloseTo(
					geometricPotential(pose, goal, unlike),
					9
				);
				const [ours, theirs] = [
					geometricWrench(pose, goal, unlike),
					geometricWrench(there, aim, unlike)
				];
				expectNear(theirs.force, [...ours.force], { rtol: 1e-9, atol: 1e-9 });
				expectNear(theirs.torque, [...ours.torque], CLOSE);
				const error = Object.values(geometricError(pose, goal)).flat();
				expectNear(Object.values(geometricError(there, aim)).flat(), error, CLOSE);
			}),
			{ seed: 2, numRuns: 200 }
		);
	});

	test('the wrench is the gradient of the energy: dP/dt = f · V', () => {
		fc.assert(
			fc.property(poses, poses, vectors(1), vectors(1), (pose, goal, v, w) => {
				const h = 1e-5;
				const at = (t: number) =>
					geometricPotential(
						compose(pose, expSe3({ v: scale3(v, t), w: scale3(w, t) })),
						goal,
						unlike
					);
				const { force, torque } = geometricWrench(pose, goal, unlike);
				// Central differences of energies up to 1000 J: h² and 1e-13/h, both below 1e-5.
				expect((at(h) - at(-h)) / (2 * h)).toBeCloseTo(dot3(force, v) + dot3(torque, w), 4);
			}),
			{ seed: 3, numRuns: 200 }
		);
	});

	test('SciPy’s pair of rotations: error without a factor ½, energy 2 (1 − cos θ)', () => {
		for (const { inputs, outputs } of section('so3_compose_distance_scipy').cases) {
			const [a, b] = [inputs.a, inputs.b].map((w): Pose => ({
				rotation: expSo3(w as Vector3),
				position: [0, 0, 0]
			}));
			const want = outputs as Record<string, Nested>;
			const { rotation } = geometricError(b, a);
			expectNear(rotation, want['vee(A^T B - B^T A)'], CLOSE);
			const unit = { translation: identity3, rotation: identity3 };
			expectNear([geometricPotential(b, a, unit)], [want['tr(I - A^T B)']], CLOSE);
		}
	});
});

describe('the Cartesian spring', () => {
	test('turns by hand: the soft direction stays in the room', () => {
		const pose: Pose = { rotation: identity3, position: [1, 0, 0] };
		const turn: Pose = { rotation: expSo3([0, 0, Math.PI / 2]), position: [0, 0, 0] };
		expectNear(cartesianWrench(pose, identityPose, unlike).force, [100, 0, 0], CLOSE);
		const turned = cartesianWrench(compose(turn, pose), compose(turn, identityPose), unlike);
		expectNear(turned.force, [0, 10, 0], CLOSE);
	});

	test('its error is the sum of cross products of the columns', () => {
		fc.assert(
			fc.property(poses, poses, (pose, goal) => {
				const column = ({ rotation: r }: Pose, i: number): Vector3 => [r[i], r[i + 3], r[i + 6]];
				const sum = [0, 1, 2].reduce(
					(total, i) => add3(total, cross3(column(pose, i), column(goal, i)), -1),
					[0, 0, 0] as Vector3
				);
				expectNear(cartesianError(pose, goal).rotation, [...sum], CLOSE);
			}),
			{ seed: 4, numRuns: 100 }
		);
	});

	test('with gains that are multiples of I it is the geometric one', () => {
		fc.assert(
			fc.property(poses, poses, (pose, goal) => {
				const inBody = wrenchInBody(cartesianWrench(pose, goal, even), pose.rotation);
				const geometric = geometricWrench(pose, goal, even);
				expectNear(inBody.force, [...geometric.force], CLOSE);
				expectNear(inBody.torque, [...geometric.torque], CLOSE);
			}),
			{ seed: 5, numRuns: 200 }
		);
	});
});

describe('springs on SO(3)', () => {
	const torque = (degrees: number, measure: 'trace' | 'log' | 'quaternion') =>
		norm3(rotationSpring(expSo3([0, (degrees * Math.PI) / 180, 0]), measure));

	test('have the closed forms 2 sin θ, 2θ and 4 sin(θ/2)', () => {
		for (const degrees of [0, 1, 30, 90, 135, 179.9]) {
			const angle = (degrees * Math.PI) / 180;
			expect(torque(degrees, 'trace')).toBeCloseTo(2 * Math.sin(angle), 10);
			expect(torque(degrees, 'log')).toBeCloseTo(2 * angle, 10);
			expect(torque(degrees, 'quaternion')).toBeCloseTo(4 * Math.sin(angle / 2), 10);
		}
	});

	test('the trace spring is largest at 90°, half of that at 150°, and gone at 180°', () => {
		expect(torque(90, 'trace')).toBeCloseTo(2, 12);
		expect(torque(150, 'trace')).toBeCloseTo(1, 12);
		expect(torque(180, 'trace')).toBeLessThan(1e-15);
		expect(torque(180, 'log')).toBeCloseTo(2 * Math.PI, 10);
	});

	test('the others jump across 180°, the trace spring does not', () => {
		const side = (degrees: number, measure: 'trace' | 'log' | 'quaternion') =>
			rotationSpring(expSo3([0, (degrees * Math.PI) / 180, 0]), measure)[1];
		expect(side(179.9, 'log') - side(180.1, 'log')).toBeGreaterThan(12);
		expect(side(179.9, 'quaternion') - side(180.1, 'quaternion')).toBeGreaterThan(7.9);
		expect(side(179.9, 'trace') - side(180.1, 'trace')).toBeLessThan(0.01);
	});

	test('the trace spring is the geometric wrench with K_R = I', () => {
		fc.assert(
			fc.property(poses, poses, (pose, goal) => {
				const between = multiply3(transpose3(goal.rotation), pose.rotation);
				const { torque } = geometricWrench(pose, goal, {
					translation: identity3,
					rotation: identity3
				});
				expectNear(rotationSpring(between, 'trace'), [...torque], CLOSE);
			}),
			{ seed: 6, numRuns: 100 }
		);
	});
});

describe('a released body', () => {
	const start: Pose = { rotation: expSo3([0.5, -0.4, 1.2]), position: [0.4, 0.3, -0.2] };
	const goal: Pose = { rotation: expSo3([0, 0.2, 0]), position: [0, 0.1, 0] };
	const run = (kind: 'geometric' | 'cartesian', from: Pose, to: Pose, stiffness = unlike) =>
		releaseBody({
			start: from,
			wrench: impedanceLaw(kind, to, stiffness, 2),
			duration: 4,
			frames: 41
		});

	test('falls as it should under a constant force, and turns under a constant torque', () => {
		const push = { force: [1, 0, 0] as Vector3, torque: [0, 0, 0] as Vector3 };
		const pushed = releaseBody({
			start: identityPose,
			wrench: () => push,
			duration: 1,
			frames: 2
		});
		expect(pushed[1].pose.position[0]).toBeCloseTo(0.5, 10);
		const turned = releaseBody({
			start: identityPose,
			wrench: () => ({ force: [0, 0, 0], torque: [0, 0, 1] }),
			duration: 1,
			frames: 2,
			inertia: 2
		});
		expect(rotationAngle(turned[1].pose.rotation)).toBeCloseTo(0.25, 10);
	});

	test('a free body that turns goes straight in the room', () => {
		const nothing: Wrench = { force: [0, 0, 0], torque: [0, 0, 0] };
		const kick: Wrench = { force: [1000, 0, 0], torque: [0, 500, 300] };
		let calls = 0;
		const frames = releaseBody({
			start,
			// A kick in the first step, which asks twice.
			wrench: () => (calls++ < 2 ? kick : nothing),
			duration: 2,
			frames: 5
		});
		const speeds = frames.slice(1).map(({ pose, velocity }) => apply3(pose.rotation, velocity.v));
		// The midpoint rule turns v with an error of w³h²/6 a second.
		for (const speed of speeds) expectNear(speed, [...speeds[0]], { rtol: 0, atol: 1e-6 });
	});

	test('a step half as long leaves a quarter of the error', () => {
		const end = (step: number) =>
			releaseBody({
				start,
				wrench: impedanceLaw('geometric', goal, unlike, 2),
				duration: 1,
				step,
				frames: 2
			})[1].pose;
		const exact = end(1 / 4096);
		const off = (step: number) => norm3(add3(end(step).position, exact.position, -1));
		expect(off(1 / 64) / off(1 / 128)).toBeGreaterThan(3.5);
		expect(off(1 / 64) / off(1 / 128)).toBeLessThan(4.7);
	});

	test('comes to rest at the goal', () => {
		for (const kind of ['geometric', 'cartesian'] as const) {
			const { pose } = releaseBody({
				start,
				wrench: impedanceLaw(kind, goal, even, 2),
				duration: 20,
				step: 2e-3,
				frames: 2
			})[1];
			expect(norm3(add3(pose.position, goal.position, -1))).toBeLessThan(1e-6);
			expect(rotationAngle(multiply3(transpose3(goal.rotation), pose.rotation))).toBeLessThan(1e-6);
		}
	});

	test('loses energy all the way under the geometric law', () => {
		const energies = run('geometric', start, goal).map(
			({ pose, velocity: { v, w } }) =>
				geometricPotential(pose, goal, unlike) + (dot3(v, v) + dot3(w, w)) / 2
		);
		energies.slice(1).forEach((energy, i) => expect(energy).toBeLessThan(energies[i] + 1e-9));
	});

	test('the geometric path moves with the scene, the Cartesian one does not', () => {
		const h = expSe3({ v: [1, -2, 0.5], w: [0.3, 1.1, -0.8] });
		const back = inversePose(h);
		const apart = (kind: 'geometric' | 'cartesian', stiffness: Stiffness) => {
			const plain = run(kind, start, goal, stiffness);
			const moved = run(kind, compose(h, start), compose(h, goal), stiffness);
			const distances = plain.map(({ pose }, i) =>
				norm3(add3(compose(back, moved[i].pose).position, pose.position, -1))
			);
			return Math.max(...distances);
		};
		expect(apart('geometric', unlike)).toBeLessThan(1e-12);
		expect(apart('cartesian', unlike)).toBeGreaterThan(0.05);
		expect(apart('cartesian', even)).toBeLessThan(1e-12);
	});

	test('both laws agree where the gains are multiples of I', () => {
		const [ours, theirs] = (['geometric', 'cartesian'] as const).map(
			(kind) => run(kind, start, goal, even).at(-1)!.pose
		);
		expectNear(theirs.position, [...ours.position], CLOSE);
		expectNear(theirs.rotation, [...ours.rotation], CLOSE);
	});

	test('upside down, the trace spring leaves it where it is, for ever', () => {
		const upside: Pose = { rotation: diagonal3([1, -1, -1]), position: [0, 0, 0] };
		const law = impedanceLaw('geometric', identityPose, even, 2);
		const { pose } = releaseBody({ start: upside, wrench: law, duration: 10, frames: 2 })[1];
		expect(rotationAngle(pose.rotation)).toBe(Math.PI);
	});
});

test('bad input is refused by name', () => {
	const wrench = (): Wrench => ({ force: [0, 0, 0], torque: [0, 0, 0] });
	const run = { start: identityPose, wrench };
	expect(() => releaseBody({ ...run, duration: 0, frames: 2 })).toThrow(
		'releaseBody: duration and step must be above 0'
	);
	expect(() => releaseBody({ ...run, duration: 1, frames: 1 })).toThrow(
		'frames must be at least 2, got 1'
	);
	expect(() => impedanceLaw('geometric', identityPose, { ...even, rotation: sheared }, 2)).toThrow(
		'stiffness.rotation must be diagonal'
	);
});
