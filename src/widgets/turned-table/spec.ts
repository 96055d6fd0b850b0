import { print } from '$kernels/describe/print';
import { cartesianWrench } from '$kernels/geometry/cartesianImpedance';
import { expSo3 } from '$kernels/geometry/expSo3';
import { geometricWrench, type Stiffness } from '$kernels/geometry/geometricImpedance';
import { impedanceLaw, type ImpedanceKind } from '$kernels/geometry/impedanceLaw';
import { diagonal3 } from '$kernels/geometry/matrix3';
import { compose, identityPose, inversePose, type Pose } from '$kernels/geometry/pose';
import { releaseBody } from '$kernels/geometry/releaseBody';
import { turnFromDegrees } from '$kernels/geometry/turnInDegrees';
import { add3, norm3, type Vector3 } from '$kernels/geometry/vector3';
import { defineWidget } from '$widgets/contract';

const SECONDS = 3;
const FRAMES = 61;
const STEP = 1e-2;
const KINDS = ['geometric', 'cartesian'] as const satisfies readonly ImpedanceKind[];
const START_TURN = expSo3([0.3, -0.2, 0.5]);

const evidence = {
	test: 'tests/kernels/geometry/impedance.test.ts',
	against: 'the authors’ formulas by hand, and the law of moved scenes',
	tolerance: '1e-10'
};
const vector = ([x = 0, y = 0, z = 0]: readonly number[]): Vector3 => [x, y, z];

export const spec = defineWidget({
	name: 'turned-table',
	version: 1,
	title: 'Turn table, goal and body together: does the motion turn along?',
	paper: '11-se3-equivariance',
	params: {
		turn: {
			type: 'vector',
			label: 'Turn of the table, degrees about x, y, z',
			symbol: 'h',
			item: 'turn',
			help: 'A rotation vector. Pull the table in the drawing, or type.',
			default: [0, 0, 90],
			min: -180,
			max: 180,
			step: 5,
			minLength: 3,
			maxLength: 3
		},
		stiffness: {
			type: 'vector',
			label: 'Stiffness along x, y, z, N/m',
			symbol: 'K_p',
			item: 'stiffness',
			default: [100, 10, 10],
			min: 0,
			max: 200,
			step: 10,
			minLength: 3,
			maxLength: 3
		},
		offset: {
			type: 'vector',
			label: 'Start, from the goal along the table’s x, y, z, in m',
			symbol: 'p − p_d',
			item: 'offset',
			default: [0.5, 0.3, 0.1],
			min: -1,
			max: 1,
			step: 0.1,
			minLength: 3,
			maxLength: 3
		},
		turnStiffness: {
			type: 'vector',
			label: 'Stiffness against turning about x, y, z, N·m',
			symbol: 'K_R',
			item: 'stiffness',
			default: [5, 5, 5],
			min: 0,
			max: 20,
			step: 1,
			minLength: 3,
			maxLength: 3,
			more: true
		},
		damping: {
			type: 'range',
			label: 'Damping, times the root of the stiffness',
			symbol: 'K_d',
			help: 'The authors’ code takes 8, for the masses of its robot. The body here has 1 kg.',
			min: 0,
			max: 8,
			step: 0.5,
			default: 2,
			more: true
		}
	},
	presets: {
		quarter: {
			label: 'A quarter turn',
			reason: 'The Cartesian gains stay with the room: what was stiff is soft now.',
			values: {}
		},
		tilt: {
			label: 'A tilted table',
			reason: 'Any rotation will do, not only quarter turns.',
			values: { turn: [60, 30, -20] }
		},
		even: {
			label: 'Equal stiffness',
			reason: 'With gains alike in all directions there is nothing to turn: both laws agree.',
			values: { stiffness: [40, 40, 40] }
		},
		half: {
			label: 'Half a turn',
			reason:
				'A stiff axis is a line without a front: turned over, the Cartesian law is the same again.',
			values: { turn: [0, 0, 180] }
		},
		soft: {
			label: 'Soft where it must hold',
			reason: 'Stiffness 0 along one axis of the room, and the goal now lies along it.',
			values: { stiffness: [100, 0, 50], offset: [0.5, 0, 0] },
			limit: true
		}
	},
	quantities: {
		geometric: {
			label: 'Geometric: off its unturned path',
			kind: 'exact',
			role: 'a',
			evidence
		},
		cartesian: {
			label: 'Cartesian: off its unturned path',
			kind: 'exact',
			role: 'b',
			evidence
		},
		plainForce: {
			label: 'Force at the start, unturned',
			kind: 'exact',
			unit: 'N',
			digits: 1,
			evidence
		},
		geometricForce: {
			label: 'Turned, geometric',
			kind: 'exact',
			unit: 'N',
			digits: 1,
			evidence
		},
		cartesianForce: {
			label: 'Turned, Cartesian',
			kind: 'exact',
			unit: 'N',
			digits: 1,
			evidence
		},
		apart: {
			label: 'Cartesian path off by up to',
			kind: 'exact',
			unit: 'cm',
			digits: 1,
			evidence
		}
	},
	run({ turn, stiffness, offset, turnStiffness, damping }) {
		const gains: Stiffness = {
			translation: diagonal3(vector(stiffness)),
			rotation: diagonal3(vector(turnStiffness))
		};
		const table: Pose = { rotation: turnFromDegrees(turn), position: [0, 0, 0] };
		const start: Pose = { rotation: START_TURN, position: vector(offset) };
		const away = inversePose(table);
		const motion = (kind: ImpedanceKind, from: Pose, goal: Pose) =>
			releaseBody({
				start: from,
				wrench: impedanceLaw(kind, goal, gains, damping),
				duration: SECONDS,
				step: STEP,
				frames: FRAMES
			});
		const turnedStart = compose(table, start);
		const runs = KINDS.map((kind) => {
			const plain = motion(kind, start, identityPose).map(({ pose }) => pose);
			const room = motion(kind, turnedStart, table).map(({ pose }) => pose);
			/** The turned motion as someone sees it who was turned along. */
			const seen = room.map((pose) => compose(away, pose));
			const apart = seen.map(({ position }, i) => norm3(add3(position, plain[i].position, -1)));
			return { plain, room, seen, apart };
		});
		const times = Array.from({ length: FRAMES }, (_, i) => (SECONDS * i) / (FRAMES - 1));
		return {
			table,
			runs,
			times,
			forces: {
				plain: norm3(geometricWrench(start, identityPose, gains).force),
				geometric: norm3(geometricWrench(turnedStart, table, gains).force),
				cartesian: norm3(cartesianWrench(turnedStart, table, gains).force)
			},
			series: {
				geometric: { x: times, y: runs[0].apart },
				cartesian: { x: times, y: runs[1].apart }
			}
		};
	},
	describe({ runs, forces }) {
		const [geometric, cartesian] = runs.map(({ apart }) => Math.max(...apart));
		const newton = (force: number) => print(force < 1e-9 ? 0 : force);
		return [
			`Unturned, both laws pull with ${newton(forces.plain)} N at the start; turned, the geometric one with ${newton(forces.geometric)} N and the Cartesian one with ${newton(forces.cartesian)} N.`,
			cartesian < 1e-9
				? 'Seen from the table both motions are what they were.'
				: `Seen from the table the geometric motion is what it was${geometric < 1e-9 ? ', to rounding' : ''}; the Cartesian one is off by up to ${print(100 * cartesian)} cm.`
		];
	},
	table: ({ times, runs }) => ({
		columns: [
			{ label: 'time', unit: 's', digits: 2 },
			...['geometric', 'Cartesian'].flatMap((name) =>
				['x', 'y', 'z'].map((axis) => ({
					label: `${name} ${axis}, from the table`,
					unit: 'm',
					digits: 4
				}))
			),
			{ label: 'Cartesian off its unturned path', unit: 'm', digits: 4 }
		],
		rows: times.map((time, i) => [
			time,
			...runs[0].seen[i].position,
			...runs[1].seen[i].position,
			runs[1].apart[i]
		])
	}),
	numbers: ({ runs, forces }) => ({
		plainForce: forces.plain,
		geometricForce: forces.geometric,
		cartesianForce: forces.cartesian,
		apart: 100 * Math.max(...runs[1].apart)
	}),
	playback: {
		length: ({ times }) => times.length,
		rate: 20,
		still: () => 6,
		says({ times, runs }, moment) {
			const left = runs.map(({ seen }) => print(100 * norm3(seen[moment].position)));
			return `${times[moment].toFixed(2)} s: ${left[0]} cm from the goal by the geometric law, ${left[1]} cm by the Cartesian one.`;
		}
	},
	questions: {
		force: {
			type: 'number',
			ask: 'Gains of 100 N/m along the room’s x and 10 N/m along y and z. The body is 0.5 m from its goal along x and the Cartesian law pulls with 50 N. Table, goal and body are turned by 90° about z. With how many newtons does it pull now?',
			min: 0,
			max: 100,
			step: 1,
			unit: 'N',
			near: 1,
			tooLow: 'There is still a spring along that direction, a soft one.',
			tooHigh: 'The offset lies along the room’s y now, and the gains have not been turned.',
			answer: (at) => at({ offset: [0.5, 0, 0] }).forces.cartesian,
			explain(at) {
				const { cartesian, geometric } = at({ offset: [0.5, 0, 0] }).forces;
				return `${print(cartesian)} N, a tenth. The geometric law still pulls with ${print(geometric)} N: its gains belong to the goal’s frame and were turned along.`;
			}
		},
		same: {
			type: 'choice',
			ask: 'A policy was trained with the geometric law and chooses gains from the error vector in the body’s frame. The table is moved and turned. What does it do?',
			options: [
				{
					text: 'The same as before, moved and turned',
					feedback: 'Which of its inputs has changed?'
				},
				{
					text: 'Something else until it is trained on turned tables',
					feedback: 'Error vector and force are taken in the body’s own frame: neither has changed.'
				}
			],
			answer: (at) => (Math.max(...at({ turn: [60, 30, -20] }).runs[0].apart) < 1e-9 ? 0 : 1),
			explain: (at) =>
				`The path, seen from the table, is the same to ${print(Math.max(...at({ turn: [60, 30, -20] }).runs[0].apart), 1)} m. Inputs and outputs are in a frame that moves along, so the closed loop is equivariant whatever the policy has learned.`
		}
	},
	standIns: [
		'A free rigid body of 1 kg stands in for the robot arm: no joints, no gravity, no contact.'
	],
	source: [
		'kernels/geometry/geometricImpedance.ts',
		'kernels/geometry/cartesianImpedance.ts',
		'kernels/geometry/impedanceLaw.ts',
		'kernels/geometry/releaseBody.ts'
	]
});
