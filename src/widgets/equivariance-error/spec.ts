import { mean } from '$kernels/core/mean';
import { print } from '$kernels/describe/print';
import { expSo3 } from '$kernels/geometry/expSo3';
import { drawCan, expertArrow, turnPoints } from '$kernels/geometry/pushTask';
import { testPushPolicy } from '$kernels/geometry/testPushPolicy';
import { LEARNERS, trainPushPolicies, type Learner } from '$kernels/geometry/trainPushPolicies';
import { scale3, type Vector3 } from '$kernels/geometry/vector3';
import { defineWidget, type Series } from '$widgets/contract';

const DEGREE = Math.PI / 180;
const ANGLES = Array.from({ length: 31 }, (_, i) => 6 * i);
const TESTED = 16;
/** The level axis is crooked, so that no axis of the can is special. */
const AXES: Readonly<Record<'level' | 'upright', Vector3>> = {
	level: [Math.SQRT1_2, Math.SQRT1_2, 0],
	upright: [0, 0, 1]
};
/** Unturned, nothing can fail to turn along. */
const TURNED = ANGLES.slice(1);
/** An error of exactly 0 has no place on a log axis; the smallest step of float64 near 1 is drawn instead. */
const ROUNDING = 2 ** -53;
/** Enough for a difference that the test shows over 20 seeds. */
const SOME = [1, 2, 3];

const trained = {
	test: 'tests/kernels/geometry/pushPolicies.test.ts',
	against: 'the expert, and 20 seeds; gradients by finite differences',
	tolerance: '1e-7 for gradients'
};
const layer = {
	test: 'tests/kernels/geometry/tensorField.test.ts',
	against: 'its law D(R) f(x) = f(Rx), with any weights',
	tolerance: '1e-11'
};

export const spec = defineWidget({
	name: 'equivariance-error',
	version: 1,
	title: 'Is symmetry learned from turned examples as good as symmetry built in?',
	paper: '11-se3-equivariance',
	params: {
		demonstrations: {
			type: 'range',
			label: 'Demonstrations',
			help: 'Cans for which the expert shows its push.',
			scale: 'log',
			min: 4,
			max: 256,
			step: 1,
			whole: true,
			default: 32
		},
		turned: {
			type: 'range',
			label: 'Demonstrated cans are turned by up to',
			unit: '°',
			help: '0 shows all of them upright.',
			min: 0,
			max: 180,
			step: 15,
			default: 0
		},
		steps: {
			type: 'range',
			label: 'Training steps',
			min: 0,
			max: 600,
			step: 50,
			default: 150
		},
		task: {
			type: 'choice',
			label: 'What the right push depends on',
			options: { object: 'the can alone', gravity: 'the can, and where up is' },
			default: 'object'
		},
		gravity: {
			type: 'choice',
			label: 'Gravity reaches the network as',
			help: 'Counts where the push depends on where up is.',
			options: { scalars: 'three scalars (degree 0)', vector: 'a vector (degree 1)' },
			default: 'scalars'
		},
		axis: {
			type: 'choice',
			label: 'Tested by turns about',
			options: { level: 'a level axis', upright: 'the upright axis' },
			default: 'level',
			more: true
		}
	},
	presets: {
		upright: {
			label: 'Upright demonstrations',
			reason: 'All learn to push upright cans. Turn the can and see who still does.',
			values: {}
		},
		everywhere: {
			label: 'Demonstrations from all sides',
			reason:
				'Four times the data, from all sides: the plain perceptron draws level with the augmented one.',
			values: { demonstrations: 128, turned: 180, steps: 300 }
		},
		few: {
			label: 'Eight demonstrations',
			reason: 'A larger error, and the same at every turn: symmetry does not replace data.',
			values: { demonstrations: 8 }
		},
		wrongSymmetry: {
			label: 'Gravity as three scalars',
			reason: 'Equivariance error at rounding, and a wrong push: the symmetry is not the task’s.',
			values: { task: 'gravity' },
			limit: true
		},
		rightSymmetry: {
			label: 'Gravity as a vector',
			reason: 'No longer equivariant in the can alone, and right.',
			values: { task: 'gravity', gravity: 'vector', turned: 180, demonstrations: 64 }
		}
	},
	quantities: {
		tensor: {
			label: 'Tensor field network',
			kind: 'trained here',
			role: 'a',
			evidence: layer
		},
		plain: { label: 'Perceptron', kind: 'trained here', role: 'b', evidence: trained },
		augmented: {
			label: 'Perceptron, augmented',
			kind: 'trained here',
			role: 'c',
			evidence: trained
		},
		tensorWrong: {
			label: 'Network, off the expert',
			kind: 'trained here',
			role: 'a',
			digits: 2,
			evidence: trained
		},
		plainWrong: {
			label: 'Perceptron, off the expert',
			kind: 'trained here',
			role: 'b',
			digits: 2,
			evidence: trained
		},
		augmentedWrong: {
			label: 'Augmented, off the expert',
			kind: 'trained here',
			role: 'c',
			digits: 2,
			evidence: trained
		},
		plainUpright: {
			label: 'Perceptron, upright cans',
			kind: 'trained here',
			digits: 2,
			evidence: trained
		},
		plainError: {
			label: 'Perceptron’s equivariance error',
			kind: 'trained here',
			digits: 2,
			evidence: trained
		},
		augmentedError: {
			label: 'Augmented’s equivariance error',
			kind: 'trained here',
			digits: 2,
			evidence: trained
		}
	},
	random: true,
	long: true,
	run({ demonstrations, turned, steps, task, gravity, axis }, stream, { signal, onProgress }) {
		const policies = trainPushPolicies(
			{ task, gravity, demonstrations, turned: turned * DEGREE, steps },
			stream.split('training'),
			{ signal, onProgress }
		);
		const drawn = stream.split('test');
		const cans = Array.from({ length: TESTED }, () => drawCan(drawn));
		const turns = ANGLES.map((angle) => expSo3(scale3(AXES[axis], angle * DEGREE)));
		const equivariance = {} as Record<Learner, Series>;
		const wrong = {} as Record<Learner, number[]>;
		for (const name of LEARNERS) {
			const tests = turns.map((turn) => testPushPolicy(policies[name].arrow, cans, turn, task));
			const errors = tests.map(({ equivarianceError }) => Math.max(equivarianceError, ROUNDING));
			equivariance[name] = { x: TURNED, y: errors.slice(1) };
			wrong[name] = tests.map(({ expertError }) => expertError);
		}
		/** One can for the drawing, at every turn, with the arrow of each. */
		const shown = turns.map((turn) => {
			const points = turnPoints(cans[0], turn);
			return {
				points,
				expert: expertArrow(points, task),
				arrows: LEARNERS.map((name) => policies[name].arrow(points))
			};
		});
		return {
			shown,
			wrong,
			sizes: LEARNERS.map((name) => policies[name].size),
			series: equivariance
		};
	},
	describe({ wrong, series }) {
		const [tensor, plain, augmented] = LEARNERS.map((name) => mean(wrong[name]));
		const turned = (name: Learner) => mean(series[name].y);
		const kept =
			turned('tensor') < 1e-12
				? `The network’s arrow turns with the can to ${print(turned('tensor'), 1)} of its length`
				: `The network’s arrow does not turn with the can alone, by ${print(turned('tensor'), 2)} of its length`;
		return [
			`${kept}; the perceptron’s is off by ${print(turned('plain'), 2)}, with augmentation by ${print(turned('augmented'), 2)}.`,
			`From the expert’s arrow they are ${print(tensor, 2)}, ${print(plain, 2)} and ${print(augmented, 2)} away, averaged over all turns; upright, ${print(wrong.tensor[0], 2)}, ${print(wrong.plain[0], 2)} and ${print(wrong.augmented[0], 2)}.`
		];
	},
	table: ({ wrong, series }) => ({
		columns: [
			{ label: 'turn', unit: '°', digits: 0 },
			{ label: 'equivariance error, network' },
			{ label: 'perceptron', digits: 4 },
			{ label: 'augmented', digits: 4 },
			{ label: 'off the expert, network', digits: 4 },
			{ label: 'perceptron', digits: 4 },
			{ label: 'augmented', digits: 4 }
		],
		rows: ANGLES.map((angle, i) => [
			angle,
			i > 0 ? series.tensor.y[i - 1].toExponential(1) : '0',
			i > 0 ? series.plain.y[i - 1] : 0,
			i > 0 ? series.augmented.y[i - 1] : 0,
			...LEARNERS.map((name) => wrong[name][i])
		])
	}),
	numbers: ({ wrong, series }) => ({
		tensorWrong: mean(wrong.tensor),
		plainWrong: mean(wrong.plain),
		augmentedWrong: mean(wrong.augmented),
		plainUpright: wrong.plain[0],
		plainError: mean(series.plain.y),
		augmentedError: mean(series.augmented.y)
	}),
	playback: {
		length: () => ANGLES.length,
		rate: 8,
		still: () => 8,
		says: ({ wrong }, moment) =>
			`Turned by ${ANGLES[moment]}°: off the expert by ${print(wrong.tensor[moment], 2)} (network), ${print(wrong.plain[moment], 2)} (perceptron), ${print(wrong.augmented[moment], 2)} (augmented).`
	},
	questions: {
		layerError: {
			type: 'choice',
			ask: 'A tensor field network has seen upright cans only. A can is turned by 36°. By how much does its arrow fail to turn along?',
			options: [
				{
					text: 'By about a third of its length',
					feedback: 'That would be a network that has to learn what a turn is.'
				},
				{
					text: 'By about a hundredth',
					feedback: 'Nothing here is approximate but the arithmetic.'
				},
				{
					text: 'By rounding, under a part in 10¹⁰',
					feedback: 'Check where in the layer a turn could enter.'
				}
			],
			answer(at) {
				const error = at().series.tensor.y[TURNED.indexOf(36)];
				return error > 0.1 ? 0 : error > 1e-10 ? 1 : 2;
			},
			explain: (at) =>
				`${print(at().series.tensor.y[TURNED.indexOf(36)], 1)} of its length. The law holds for any weights, so also before training. Whether the arrow is right is another question: here it is off by ${print(at().wrong.tensor[ANGLES.indexOf(36)], 2)}.`
		},
		wrongSymmetry: {
			type: 'choice',
			ask: 'The right push depends on where up is, and gravity is fed to the network as three scalars. It passes the test of equivariance. Trained on upright cans, is it right on cans that lie upside down?',
			options: [
				{
					text: 'Yes: equivariance carries what it has learned to every turn',
					feedback: 'It does, and that is the trouble: up does not turn with the can.'
				},
				{
					text: 'No: it is far off there',
					feedback: 'Scalars do not change when the scene turns. Which arrow must then come out?'
				}
			],
			answer: (at) => {
				const { wrong } = at({ task: 'gravity' });
				return wrong.tensor[30] < 2 * wrong.tensor[0] ? 0 : 1;
			},
			explain(at) {
				const { wrong } = at({ task: 'gravity' });
				return `It is off by ${print(wrong.tensor[0], 2)} upright and by ${print(wrong.tensor[30], 2)} upside down. A wrong symmetry, built in, cannot be unlearned; gravity has to enter as a vector, of degree 1.`;
			}
		},
		augmentation: {
			type: 'choice',
			ask: 'The perceptron is trained with every can turned at random in every batch. Compared with the one that sees upright cans only, what has it gained and lost after 150 steps?',
			options: [
				{
					text: 'Better on turned cans, as good on upright ones',
					feedback: 'The same 531 weights now have to serve every direction.'
				},
				{
					text: 'Better on turned cans, worse on upright ones',
					feedback: 'Compare both lines at 0° and at 180°.'
				},
				{
					text: 'As good as the network with built-in symmetry',
					feedback: 'Its equivariance error is not 0.'
				}
			],
			answer(at) {
				const { plain, augmented, tensor } = overSeeds(at);
				if (augmented.all < tensor.all * 1.1) return 2;
				return augmented.upright > 1.1 * plain.upright ? 1 : 0;
			},
			explain(at) {
				const { plain, augmented } = overSeeds(at);
				return `Over ${SOME.length} seeds it is off by ${print(augmented.all, 2)} on average over all turns, against ${print(plain.all, 2)}; upright by ${print(augmented.upright, 2)}, against ${print(plain.upright, 2)}.`;
			}
		}
	},
	standIns: [
		'Four points stand in for a camera’s point cloud, and a formula for the person who demonstrates.'
	],
	source: [
		'kernels/geometry/tensorField.ts',
		'kernels/geometry/tensorPolicy.ts',
		'kernels/geometry/wigner3j.ts',
		'kernels/geometry/perceptron.ts',
		'kernels/geometry/pushTask.ts',
		'kernels/geometry/trainPushPolicies.ts',
		'kernels/geometry/testPushPolicy.ts'
	]
});

function overSeeds(at: (changed: object, seed: number) => { wrong: Record<Learner, number[]> }) {
	const runs = SOME.map((seed) => at({}, seed).wrong);
	const average = (name: Learner) => ({
		all: mean(runs.map((wrong) => mean(wrong[name]))),
		upright: mean(runs.map((wrong) => wrong[name][0]))
	});
	return {
		tensor: average('tensor'),
		plain: average('plain'),
		augmented: average('augmented')
	};
}
