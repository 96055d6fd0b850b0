import { print } from '$kernels/describe/print';
import { adjointSe3 } from '$kernels/geometry/adjoint';
import { expSe3, type Twist } from '$kernels/geometry/expSe3';
import { logSe3 } from '$kernels/geometry/logSe3';
import { rotationAngle } from '$kernels/geometry/logSo3';
import type { Pose } from '$kernels/geometry/pose';
import { matrixToQuaternion } from '$kernels/geometry/quaternion';
import { add3, norm3, scale3, type Vector3 } from '$kernels/geometry/vector3';
import { defineWidget } from '$widgets/contract';

const FRAMES = 25;
const DEGREE = Math.PI / 180;

const evidence = (test: string, against: string) => ({
	test: `tests/kernels/geometry/${test}.test.ts`,
	against,
	tolerance: '1e-9'
});
const motions = evidence('rigidMotions', 'SciPy’s RigidTransform and matrix exponential, 12 cases');
const turns = evidence('rotations', 'SciPy’s Rotation, 9 cases');

const vector = ([x = 0, y = 0, z = 0]: readonly number[]): Vector3 => [x, y, z];
const list = (values: readonly number[]) =>
	`(${values.map((value) => print(Math.abs(value) < 1e-9 ? 0 : value)).join(', ')})`;
const degrees = (w: Vector3) => scale3(w, 1 / DEGREE);

export const spec = defineWidget({
	name: 'rigid-motion',
	version: 1,
	title: 'Six numbers make a motion: does the motion give them back?',
	paper: '11-se3-equivariance',
	params: {
		angular: {
			type: 'vector',
			label: 'Angular part, degrees about x, y, z',
			symbol: 'w',
			item: 'w',
			help: 'Its direction is the axis, its length the angle. Turn the body in the drawing, or type.',
			default: [0, 0, 90],
			min: -360,
			max: 360,
			step: 5,
			minLength: 3,
			maxLength: 3
		},
		linear: {
			type: 'vector',
			label: 'Linear part along x, y, z',
			symbol: 'v',
			item: 'v',
			help: 'The velocity that the body has at the start. It turns along as the body does.',
			default: [1, 0, 0],
			min: -2,
			max: 2,
			step: 0.1,
			minLength: 3,
			maxLength: 3
		},
		twistOrder: {
			type: 'choice',
			label: 'Order of the adjoint’s blocks',
			help: 'The survey writes (v, w); SciPy and Featherstone write (w, v).',
			options: { vw: '(v, w), the survey', wv: '(w, v), SciPy' },
			default: 'vw'
		},
		quaternionOrder: {
			type: 'choice',
			label: 'Order of the quaternion',
			help: 'The same four numbers read in the other order are another rotation.',
			options: { wxyz: 'w, x, y, z: e3nn, MuJoCo', xyzw: 'x, y, z, w: SciPy, ROS' },
			default: 'wxyz',
			more: true
		}
	},
	presets: {
		quarter: {
			label: 'A quarter turn on the way',
			reason: 'Forward by 1 while turning by 90°: the path is a quarter of a circle.',
			values: {}
		},
		slide: {
			label: 'No turn',
			reason: 'Without an angular part the motion is a straight line, and p = v.',
			values: { angular: [0, 0, 0], linear: [1, 0.5, 0.2] }
		},
		screw: {
			label: 'A screw',
			reason: 'Part of v lies along the axis: the body turns and slides along it.',
			values: { angular: [0, 0, 300], linear: [1, 0, 1.2] }
		},
		halfTurn: {
			label: 'One degree past half a turn',
			reason:
				'At 180° two opposite vectors make the same turn; past it the logarithm jumps to the other.',
			values: { angular: [0, 0, 181] },
			limit: true
		},
		tooFar: {
			label: 'More than half a turn',
			reason: 'The logarithm gives the short way round: not the numbers that you typed.',
			values: { angular: [0, 0, 270] },
			limit: true
		}
	},
	quantities: {
		path: { label: 'Path of the body', kind: 'exact', role: 'policy', evidence: motions },
		angle: {
			label: 'Angle between start and end',
			kind: 'exact',
			unit: '°',
			digits: 1,
			evidence: turns
		},
		distance: { label: 'Distance from the start', kind: 'exact', evidence: motions },
		length: { label: 'Length of the path', kind: 'exact', evidence: motions },
		gap: {
			label: 'Twist typed less twist given back',
			kind: 'exact',
			evidence: motions
		}
	},
	run({ angular, linear, twistOrder, quaternionOrder }) {
		const twist: Twist = { v: vector(linear), w: scale3(vector(angular), DEGREE) };
		const frames = Array.from({ length: FRAMES }, (_, i): Pose => {
			const share = i / (FRAMES - 1);
			return expSe3({ v: scale3(twist.v, share), w: scale3(twist.w, share) });
		});
		const pose = frames[FRAMES - 1];
		const back = logSe3(pose);
		return {
			twist,
			frames,
			back,
			angle: rotationAngle(pose.rotation) / DEGREE,
			adjoint: [...adjointSe3(pose, twistOrder).data],
			quaternion: [...matrixToQuaternion(pose.rotation, quaternionOrder)],
			gap: Math.hypot(norm3(add3(back.v, twist.v, -1)), norm3(add3(back.w, twist.w, -1)))
		};
	},
	describe({ frames, twist, back, gap, angle }) {
		const { position } = frames[FRAMES - 1];
		return [
			`The body ends at ${list(position)}, turned by ${print(angle)}°.`,
			gap < 1e-6
				? 'The logarithm of the end pose gives back the six numbers.'
				: `The logarithm gives w = ${list(degrees(back.w))}° and v = ${list(back.v)}, not w = ${list(degrees(twist.w))}° and v = ${list(twist.v)}: the same end by another way.`
		];
	},
	table: ({ frames }) => ({
		columns: [
			{ label: 'share of the motion', digits: 3 },
			{ label: 'x', digits: 4 },
			{ label: 'y', digits: 4 },
			{ label: 'z', digits: 4 },
			...[1, 2, 3].flatMap((row) =>
				[1, 2, 3].map((column) => ({ label: `R ${row}${column}`, digits: 4 }))
			)
		],
		rows: frames.map(({ position, rotation }, i) => [i / (FRAMES - 1), ...position, ...rotation])
	}),
	numbers: ({ frames, twist, angle, gap }) => ({
		angle,
		distance: norm3(frames[FRAMES - 1].position),
		length: norm3(twist.v),
		gap
	}),
	playback: {
		length: () => FRAMES,
		rate: 14,
		says({ frames }, moment) {
			const { position, rotation } = frames[moment];
			const turned = print(rotationAngle(rotation) / DEGREE);
			return `${print(moment / (FRAMES - 1), 2)} of the motion: at ${list(position)}, ${turned}° from the start.`;
		}
	},
	questions: {
		arrives: {
			type: 'number',
			ask: 'A body moves forward by a path of length 1 while it turns evenly by 90°. How far from its start, in a straight line, does it end?',
			min: 0,
			max: 1.5,
			step: 0.01,
			near: 0.03,
			tooLow: 'A quarter of a circle of length 1 bends less than that.',
			tooHigh:
				'No path of length 1 ends farther away than 1, and only the straight one gets there.',
			answer: (at) => norm3(at().frames[FRAMES - 1].position),
			explain: (at) =>
				`It ends at ${list(at().frames[FRAMES - 1].position)}, that is (2/π, 2/π, 0), and so ${print(norm3(at().frames[FRAMES - 1].position))} away: the position of exp is V·v, not v.`
		},
		back: {
			type: 'choice',
			ask: 'You turn a body by 270° about z and take the logarithm of the rotation matrix. Which rotation vector comes back?',
			options: [
				{
					text: '270° about z',
					feedback: 'The matrix does not know how the body came there.'
				},
				{
					text: '90° about −z',
					feedback: 'Compare where x goes under both turns.'
				},
				{
					text: '90° about z',
					feedback: 'That takes x to y; 270° takes it to −y.'
				}
			],
			answer(at) {
				const z = at({ angular: [0, 0, 270] }).back.w[2] / DEGREE;
				return Math.abs(z - 270) < 1 ? 0 : z < 0 ? 1 : 2;
			},
			explain: (at) =>
				`It gives ${list(degrees(at({ angular: [0, 0, 270] }).back.w))}°. The logarithm returns the shortest turn, of at most 180°.`
		}
	},
	standIns: [],
	source: [
		'kernels/geometry/expSe3.ts',
		'kernels/geometry/logSe3.ts',
		'kernels/geometry/expSo3.ts',
		'kernels/geometry/logSo3.ts',
		'kernels/geometry/leftJacobian.ts',
		'kernels/geometry/hat.ts',
		'kernels/geometry/adjoint.ts',
		'kernels/geometry/quaternion.ts'
	]
});
