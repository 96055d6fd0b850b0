import { print } from '$kernels/describe/print';
import { expSo3 } from '$kernels/geometry/expSo3';
import { rotationAngle } from '$kernels/geometry/logSo3';
import { releaseBody } from '$kernels/geometry/releaseBody';
import { rotationSpring, type RotationError } from '$kernels/geometry/rotationSpring';
import type { Matrix3 } from '$kernels/geometry/matrix3';
import { norm3, scale3, type Vector3 } from '$kernels/geometry/vector3';
import { defineWidget } from '$widgets/contract';

const DEGREE = Math.PI / 180;
const SECONDS = 12;
const FRAMES = 61;
const STEP = 2e-2;
/** A crooked axis, so that no axis of the body is special. */
const AXIS: Vector3 = scale3([1, 2, 2], 1 / 3);
const ANGLES = Array.from({ length: 91 }, (_, i) => 2 * i);
const SPRINGS = ['trace', 'log', 'quaternion'] as const satisfies readonly RotationError[];
/** Within this many degrees the body counts as home. */
const HOME = 5;

const evidence = {
	test: 'tests/kernels/geometry/impedance.test.ts',
	against: 'closed forms and the gradient of its energy; motions by halving the step',
	tolerance: '1e-10; motions 1e-3'
};

export const spec = defineWidget({
	name: 'spring-torque',
	version: 1,
	title: 'Does the spring pull hardest where the error is largest?',
	paper: '11-se3-equivariance',
	params: {
		angle: {
			type: 'range',
			label: 'Turned away from the goal by',
			symbol: 'θ',
			unit: '°',
			min: 0,
			max: 180,
			step: 1,
			default: 150
		},
		damping: {
			type: 'range',
			label: 'Damping',
			symbol: 'K_d',
			help: 'Torque per angular velocity, in N·m·s. Inertia and stiffness are 1.',
			min: 0,
			max: 8,
			step: 0.5,
			default: 2
		}
	},
	presets: {
		far: {
			label: '150° away',
			reason: 'The geometric spring pulls with half of what it does at 90°.',
			values: {}
		},
		peak: {
			label: '90° away',
			reason: 'Here it pulls hardest.',
			values: { angle: 90 }
		},
		almost: {
			label: '179° away',
			reason: 'It gets home, after hanging about for seconds.',
			values: { angle: 179 }
		},
		upside: {
			label: 'Upside down, 180°',
			reason: 'Torque 0 at the largest error: at rest there, it stays.',
			values: { angle: 180 },
			limit: true
		}
	},
	quantities: {
		trace: {
			label: 'Geometric (trace), 2 sin θ',
			kind: 'exact',
			role: 'a',
			evidence
		},
		log: { label: 'Logarithm, 2θ', kind: 'exact', role: 'b', evidence },
		quaternion: { label: 'Quaternion, 4 sin θ/2', kind: 'exact', role: 'c', evidence },
		torque: { label: 'Geometric torque here', kind: 'exact', unit: 'N·m', evidence },
		logTorque: { label: 'Logarithm’s torque here', kind: 'exact', unit: 'N·m', evidence },
		left: {
			label: 'Left after 5 s, geometric',
			kind: 'exact',
			unit: '°',
			digits: 1,
			evidence
		},
		logLeft: {
			label: 'Left after 5 s, logarithm',
			kind: 'exact',
			unit: '°',
			digits: 1,
			evidence
		}
	},
	run({ angle, damping }) {
		const start = expSo3(scale3(AXIS, angle * DEGREE));
		const released = (measure: RotationError) =>
			releaseBody({
				start: { rotation: start, position: [0, 0, 0] },
				wrench: ({ rotation }, { w }) => {
					const pull = rotationSpring(rotation, measure);
					return {
						force: [0, 0, 0],
						torque: [
							-pull[0] - damping * w[0],
							-pull[1] - damping * w[1],
							-pull[2] - damping * w[2]
						]
					};
				},
				duration: SECONDS,
				step: STEP,
				frames: FRAMES
			});
		const torque = (measure: RotationError, rotation: Matrix3) =>
			norm3(rotationSpring(rotation, measure));
		const motions = SPRINGS.map(released);
		const times = motions[0].map(({ time }) => time);
		const angles = motions.map((frames) =>
			frames.map(({ pose }) => rotationAngle(pose.rotation) / DEGREE)
		);
		const series = (i: number) => {
			const curve = ANGLES.map((at) => torque(SPRINGS[i], expSo3(scale3(AXIS, at * DEGREE))));
			return { x: ANGLES, y: curve };
		};
		return {
			rotations: motions.map((frames) => frames.map(({ pose }) => pose.rotation)),
			times,
			angles,
			torques: SPRINGS.map((measure) => torque(measure, start)),
			series: { trace: series(0), log: series(1), quaternion: series(2) }
		};
	},
	describe({ angles, times, torques }, { angle }) {
		const [trace, log] = angles.map((left) => times[left.findIndex((one) => one < HOME)]);
		const when = (time: number | undefined) =>
			time === undefined ? `not within ${SECONDS} s` : `after ${print(time)} s`;
		return [
			torques[0] < 1e-9 && angle > 90
				? `At ${print(angle)}° the geometric spring does not pull at all; the logarithm’s pulls with ${print(torques[1])} N·m.`
				: `At ${print(angle)}° the geometric spring pulls with ${print(torques[0])} N·m and the logarithm’s with ${print(torques[1])} N·m.`,
			`Released from rest, the body gets within ${HOME}° of its goal ${when(trace)} under the first and ${when(log)} under the second.`
		];
	},
	table: ({ times, angles }) => ({
		columns: [
			{ label: 'time', unit: 's', digits: 1 },
			{ label: 'left, geometric', unit: '°', digits: 2 },
			{ label: 'left, logarithm', unit: '°', digits: 2 },
			{ label: 'left, quaternion', unit: '°', digits: 2 }
		],
		rows: times.map((time, i) => [time, ...angles.map((left) => left[i])])
	}),
	numbers: ({ torques, angles, times }) => {
		const five = times.findIndex((time) => time >= 5 - 1e-9);
		return {
			torque: torques[0],
			logTorque: torques[1],
			left: angles[0][five],
			logLeft: angles[1][five]
		};
	},
	playback: {
		length: ({ times }) => times.length,
		rate: 5,
		still: () => 0,
		says: ({ times, angles }, moment) =>
			`${times[moment].toFixed(1)} s: ${print(angles[0][moment])}° left by the geometric spring, ${print(angles[1][moment])}° by the logarithm, ${print(angles[2][moment])}° by the quaternion.`
	},
	questions: {
		half: {
			type: 'choice',
			ask: 'A geometric impedance controller holds a gripper. How hard does its spring pull at 150° of error, compared with 90°?',
			options: [
				{
					text: 'Harder: the error is larger',
					feedback:
						'A spring along a line would. This one knows the error by the sine of its angle.'
				},
				{ text: 'Equally hard', feedback: 'Compare sin 150° with sin 90°.' },
				{ text: 'Half as hard', feedback: 'Compare sin 150° with sin 90°.' },
				{
					text: 'Not at all',
					feedback: 'There is such an angle, and it is not 150°.'
				}
			],
			answer(at) {
				const share = at({ angle: 150 }).torques[0] / at({ angle: 90 }).torques[0];
				return share > 1.01 ? 0 : share > 0.99 ? 1 : share > 0.01 ? 2 : 3;
			},
			explain: (at) =>
				`${print(at({ angle: 150 }).torques[0])} N·m against ${print(at({ angle: 90 }).torques[0])} N·m: the torque is 2 sin θ. It falls from 90° on and is 0 at 180°.`
		},
		nudge: {
			type: 'choice',
			ask: 'Released from rest at 179°, with the default damping: how far is the body from its goal after 5 seconds under the geometric spring?',
			options: [
				{
					text: 'More than 90°',
					feedback: 'The torque grows as it leaves the half turn: slowly at first, then fast.'
				},
				{
					text: 'Between 5° and 90°',
					feedback: 'Play the motion and watch when it gets going.'
				},
				{ text: 'Less than 5°', feedback: 'At 179° the torque is 2 sin 1°, about 0.035 N·m.' }
			],
			answer(at) {
				const left = leftAfterFive(at);
				return left > 90 ? 0 : left > HOME ? 1 : 2;
			},
			explain: (at) =>
				`${print(leftAfterFive(at))}° are left. At the half turn the torque is 0, so the farther the error, the longer the wait: a policy that only ever sees small errors never meets this.`
		}
	},
	standIns: [
		'A free body with inertia 1 kg·m² stands in for the robot: no arm, no gravity, no contact.'
	],
	source: [
		'kernels/geometry/rotationSpring.ts',
		'kernels/geometry/geometricImpedance.ts',
		'kernels/geometry/releaseBody.ts'
	]
});

function leftAfterFive(
	at: (changed: { angle: number }) => {
		times: readonly number[];
		angles: readonly (readonly number[])[];
	}
): number {
	const { times, angles } = at({ angle: 179 });
	return angles[0][times.findIndex((time) => time >= 5 - 1e-9)];
}
