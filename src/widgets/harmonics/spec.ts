import { print } from '$kernels/describe/print';
import { apply3 } from '$kernels/geometry/matrix3';
import { physicsHarmonics, sphericalHarmonics } from '$kernels/geometry/sphericalHarmonics';
import { turnFromDegrees } from '$kernels/geometry/turnInDegrees';
import { norm3, scale3, type Vector3 } from '$kernels/geometry/vector3';
import { wignerD } from '$kernels/geometry/wignerD';
import { defineWidget } from '$widgets/contract';

const e3nn = (against: string) => ({
	test: 'tests/kernels/geometry/harmonics.test.ts',
	against,
	tolerance: '1e-9'
});

const CENTRE: Vector3 = [0, 0, 0];

/** Names of the functions in e3nn's order, up to factors. */
export const NAMES = {
	'1': ['x', 'y', 'z'],
	'2': ['xz', 'xy', 'y²…', 'yz', 'z²−x²']
} as const;
const PHYSICS_NAMES = {
	'1': ['y', 'z', 'x'],
	'2': ['xy', 'yz', 'z²…', 'xz', 'x²−y²']
} as const;

const ARC = 40;
/** Where a function is 0 all along a circle, rounding is not drawn. */
const FAINT = 0.01;
/** Great circles that carry the drawing: the three planes of the axes and two between each pair. */
const CIRCLES: readonly (readonly [Vector3, Vector3])[] = [
	[
		[1, 0, 0],
		[0, 1, 0]
	],
	[
		[0, 1, 0],
		[0, 0, 1]
	],
	[
		[0, 0, 1],
		[1, 0, 0]
	],
	[
		[Math.SQRT1_2, Math.SQRT1_2, 0],
		[0, 0, 1]
	],
	[
		[Math.SQRT1_2, -Math.SQRT1_2, 0],
		[0, 0, 1]
	]
];

/** Points on the sphere, spread evenly (a golden spiral), on which the law is tried. */
const PROBES: readonly Vector3[] = Array.from({ length: 60 }, (_, i) => {
	const z = 1 - (2 * i + 1) / 60;
	const across = Math.sqrt(1 - z * z);
	const angle = i * Math.PI * (3 - Math.sqrt(5));
	return [across * Math.cos(angle), across * Math.sin(angle), z];
});

export const spec = defineWidget({
	name: 'harmonics',
	version: 1,
	title: 'Turn a pattern on a sphere: which numbers mix?',
	paper: '11-se3-equivariance',
	params: {
		degree: {
			type: 'choice',
			label: 'Degree',
			symbol: 'l',
			help: 'Degree l has 2l + 1 functions. Degree 0 is a constant, which no turn changes.',
			options: { '1': '1, vectors', '2': '2, five functions' },
			default: '2'
		},
		component: {
			type: 'stepper',
			label: 'Function',
			symbol: 'm',
			help: 'Its place in the degree, from 1. Degree 1 has three.',
			min: 1,
			max: 5,
			step: 1,
			default: 2
		},
		turn: {
			type: 'vector',
			label: 'Turn, degrees about x, y, z',
			symbol: 'R',
			item: 'turn',
			help: 'A rotation vector: its direction is the axis, its length the angle. Pull the pattern, or type.',
			default: [0, 30, 0],
			min: -180,
			max: 180,
			step: 5,
			minLength: 3,
			maxLength: 3
		},
		order: {
			type: 'choice',
			label: 'Order of the functions',
			help: 'e3nn has its polar axis along y. Physics’ tables have it along z, and degree 1 as (y, z, x).',
			options: { e3nn: 'e3nn: (x, y, z)', physics: 'physics: (y, z, x)' },
			default: 'e3nn'
		}
	},
	presets: {
		five: {
			label: 'Degree 2 about y',
			reason: 'xy passes into yz and back; about e3nn’s polar axis nothing else mixes.',
			values: {}
		},
		tilted: {
			label: 'A crooked turn',
			reason: 'All five numbers mix, and their length stays the same.',
			values: { turn: [40, 60, -30], component: 3 }
		},
		vector: {
			label: 'Degree 1',
			reason: 'The matrix is R itself: degree 1 is a vector.',
			values: { degree: '1', component: 1, turn: [0, 0, 30] }
		},
		still: {
			label: 'What a turn about y leaves alone',
			reason: 'y² − ½(x² + z²) is round about y. The pattern is turned and looks the same.',
			values: { component: 3, turn: [0, 70, 0] }
		},
		wrongOrder: {
			label: 'Functions in physics’ order',
			reason: 'e3nn’s matrix on functions in another order: the law fails, and no error is raised.',
			values: { order: 'physics', turn: [40, 60, -30] },
			limit: true
		}
	},
	quantities: {
		pattern: {
			label: 'Turned pattern',
			kind: 'exact',
			role: 'a',
			evidence: e3nn('e3nn, 24 cases')
		},
		matrix: { label: 'D', kind: 'exact', evidence: e3nn('e3nn, 10 cases') },
		own: {
			label: 'Share that stays in its function',
			kind: 'exact',
			evidence: e3nn('e3nn, 10 cases')
		},
		mixed: {
			label: 'Functions it becomes',
			kind: 'exact',
			digits: 0,
			evidence: e3nn('e3nn, 10 cases')
		},
		error: {
			label: 'Largest error of Y(Rx) = D Y(x)',
			kind: 'exact',
			digits: 2,
			evidence: e3nn('the law itself, at random points')
		}
	},
	run({ degree, component, turn, order }) {
		const l = Number(degree);
		const m = Math.min(component, 2 * l + 1) - 1;
		const rotation = turnFromDegrees(turn);
		const harmonics = order === 'e3nn' ? sphericalHarmonics : physicsHarmonics;
		const size = 2 * l + 1;
		const { data } = wignerD(l, rotation);
		const matrix = Array.from({ length: size }, (_, i) => [
			...data.slice(i * size, (i + 1) * size)
		]);
		let error = 0;
		for (const point of PROBES) {
			const there = harmonics(apply3(rotation, point))[l];
			const here = harmonics(point)[l];
			matrix.forEach((row, i) => {
				const sum = row.reduce((total, entry, j) => total + entry * here[j], 0);
				error = Math.max(error, Math.abs(there[i] - sum));
			});
		}
		/** Curves of radius |Y_m| over great circles of the pattern, cut where Y_m changes its sign. */
		const lobes: { points: Vector3[]; positive: boolean }[] = [];
		for (const [a, b] of CIRCLES) {
			for (let i = 0; i <= ARC; i++) {
				const angle = (2 * Math.PI * i) / ARC;
				const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
				const direction: Vector3 = [
					cosine * a[0] + sine * b[0],
					cosine * a[1] + sine * b[1],
					cosine * a[2] + sine * b[2]
				];
				const value = harmonics(direction, { normalization: 'norm' })[l][m];
				const point = apply3(rotation, scale3(direction, Math.abs(value)));
				const last = lobes.at(-1);
				if (i > 0 && last && last.positive === value > 0) {
					last.points.push(point);
					continue;
				}
				// The value passes 0 between two points, and the curve the centre.
				if (i > 0) last?.points.push(CENTRE);
				lobes.push({ points: i > 0 ? [CENTRE, point] : [point], positive: value > 0 });
			}
		}
		const names = (order === 'e3nn' ? NAMES : PHYSICS_NAMES)[degree];
		/** The turned pattern is x ↦ Y_m(R⁻¹x) = Σ_n D_nm Y_n(x). */
		const becomes = matrix.map((row) => row[m]);
		return {
			matrix,
			names: [...names],
			becomes,
			m,
			error,
			lobes: lobes.filter(({ points }) => points.some((point) => norm3(point) > FAINT))
		};
	},
	describe({ names, becomes, m, error }, { order }) {
		const parts = becomes
			.map((share, n) => ({ share, name: names[n] }))
			.filter(({ share }) => Math.abs(share) > 0.005)
			.map(({ share, name }) => `${print(share, 2)} of ${name}`);
		return [
			order === 'e3nn'
				? `Turned, ${names[m]} is ${parts.join(', ')}.`
				: `Read as e3nn’s, the matrix would make ${parts.join(', ')} of ${names[m]}. That is wrong.`,
			error < 1e-12
				? 'Y(Rx) = D Y(x) holds to rounding at 60 points.'
				: `Y(Rx) and D Y(x) differ by up to ${print(error)}.`
		];
	},
	table: ({ matrix, names }) => ({
		columns: [{ label: 'becomes' }, ...names.map((label) => ({ label, digits: 4 }))],
		rows: matrix.map((row, i) => [names[i], ...row])
	}),
	numbers: ({ becomes, m, error }) => ({
		own: becomes[m],
		mixed: becomes.filter((share) => Math.abs(share) > 1e-9).length,
		error
	}),
	questions: {
		mixes: {
			type: 'choice',
			ask: 'A pattern of degree 2 is turned. Into which degrees can it pass?',
			options: [
				{
					text: 'Into all degrees, a little into each',
					feedback: 'Count the rows of the matrix.'
				},
				{
					text: 'Into degrees 1 and 2',
					feedback: 'Turn it by 180°: degree 1 changes sign under inversion, degree 2 does not.'
				},
				{
					text: 'Into degree 2 alone',
					feedback: 'Look at the error of Y(Rx) = D Y(x) for a crooked turn.'
				}
			],
			answer: (at) => (at({ turn: [40, 60, -30] }).error < 1e-12 ? 2 : 0),
			explain: (at) =>
				`Five numbers turn into five: Y²(Rx) = D²(R) Y²(x) holds to ${print(at({ turn: [40, 60, -30] }).error, 1)} for a crooked turn. That is why a network can keep its features in degrees.`
		},
		xyTurned: {
			type: 'number',
			ask: 'The function xy is turned by 30° about y. How much of the result is xy?',
			min: -1,
			max: 1,
			step: 0.01,
			near: 0.02,
			tooLow: 'About y, x turns towards z as a vector does: xy passes into yz.',
			tooHigh: 'x turns by 30°, so its share falls to the cosine of that.',
			answer: (at) => at().becomes[1],
			explain: (at) =>
				`${print(at().becomes[1])}, the cosine of 30°; the rest is ${print(at().becomes[3])} of yz. About y, xy and yz turn as x and z do.`
		}
	},
	standIns: [],
	source: ['kernels/geometry/sphericalHarmonics.ts', 'kernels/geometry/wignerD.ts']
});
