import { print } from '$kernels/describe/print';
import { turnGrid, type Grid } from '$kernels/geometry/gridTurns';
import { correlate, liftingConvolution } from '$kernels/geometry/groupConvolution';
import { defineWidget } from '$widgets/contract';

/** Pictures of 9 × 9 cells; all that is drawn lies within the circle that no turn cuts. */
const PICTURES: Readonly<Record<'letter' | 'bar' | 'dot', readonly string[]>> = {
	letter: [
		'.........',
		'.........',
		'..#####..',
		'..#......',
		'..####...',
		'..#......',
		'..#......',
		'.........',
		'.........'
	],
	bar: [
		'.........',
		'.........',
		'.........',
		'.........',
		'..#####..',
		'.........',
		'.........',
		'.........',
		'.........'
	],
	dot: [
		'.........',
		'.........',
		'.........',
		'...###...',
		'...###...',
		'...###...',
		'.........',
		'.........',
		'.........'
	]
};
const FILTERS: Readonly<Record<'edge' | 'blur', Grid>> = {
	edge: [
		[1, 2, 1],
		[0, 0, 0],
		[-1, -2, -1]
	],
	blur: [
		[0, 1, 0],
		[1, 2, 1],
		[0, 1, 0]
	]
};
const ANGLES = Array.from({ length: 25 }, (_, i) => 15 * i - 180);

const evidence = {
	test: 'tests/kernels/geometry/groupConvolution.test.ts',
	against: 'the law of quarter turns, on whole numbers',
	tolerance: 'exact'
};

/** The p4 layer's answer that has no orientation left: for each cell the largest of its four maps. */
const pooled = (picture: Grid, filter: Grid): Grid => {
	const maps = liftingConvolution(picture, filter);
	return picture.map((line, i) => line.map((_, j) => Math.max(...maps.map((map) => map[i][j]))));
};
const LAYERS = { plain: correlate, p4: pooled };

const size = (grid: Grid) => Math.hypot(...grid.flat());
const difference = (a: Grid, b: Grid) => a.map((row, i) => row.map((x, j) => x - b[i][j]));

/** ‖layer(turned picture) − turned layer(picture)‖ as a share of ‖layer(picture)‖. */
function errorAt(layer: keyof typeof LAYERS, picture: Grid, filter: Grid, angle: number): number {
	const plain = LAYERS[layer](picture, filter);
	const there = LAYERS[layer](turnGrid(picture, angle), filter);
	return size(difference(there, turnGrid(plain, angle))) / (size(plain) || 1);
}

export const spec = defineWidget({
	name: 'grid-convolution',
	version: 1,
	title: 'Turn the picture: does the layer’s answer turn along?',
	paper: '11-se3-equivariance',
	params: {
		angle: {
			type: 'range',
			label: 'Turn of the picture',
			symbol: 'g',
			unit: '°',
			help: 'Counter-clockwise. At multiples of 90° no number is rounded.',
			min: -180,
			max: 180,
			step: 15,
			default: 90
		},
		layer: {
			type: 'choice',
			label: 'Layer',
			help: 'p4: the filter in its four quarter turns, then the largest of the four answers.',
			options: { plain: 'plain convolution', p4: 'group convolution, p4' },
			default: 'plain'
		},
		picture: {
			type: 'choice',
			label: 'Picture',
			symbol: 'f',
			options: { letter: 'the letter F', bar: 'a bar', dot: 'a square' },
			default: 'letter'
		},
		filter: {
			type: 'choice',
			label: 'Filter',
			symbol: 'ψ',
			options: { edge: 'edge, from above', blur: 'blur, the same from all four sides' },
			default: 'edge'
		}
	},
	presets: {
		plain: {
			label: 'Plain, 90°',
			reason: 'The filter looks for edges from above, so a turned F is another thing to it.',
			values: {}
		},
		group: {
			label: 'p4, 90°',
			reason: 'Turned answer and answer to the turned picture agree to the last bit.',
			values: { layer: 'p4' }
		},
		between: {
			label: 'p4, 45°',
			reason: 'Half-way between two elements of the group: its promise does not reach here.',
			values: { layer: 'p4', angle: 45 },
			limit: true
		},
		symmetric: {
			label: 'A filter that is alike from all sides',
			reason: 'Plain and exact at 90°, but such a filter cannot tell directions.',
			values: { filter: 'blur' }
		}
	},
	quantities: {
		plainError: { label: 'Plain convolution', kind: 'exact', role: 'b', evidence },
		p4Error: { label: 'Group convolution, p4', kind: 'exact', role: 'a', evidence },
		error: { label: 'Error at this turn', kind: 'exact', evidence }
	},
	run({ angle, layer, picture, filter }) {
		const f: Grid = PICTURES[picture].map((row) => [...row].map((cell) => (cell === '#' ? 1 : 0)));
		const psi = FILTERS[filter];
		const apply = (grid: Grid) => LAYERS[layer](grid, psi);
		const turned = turnGrid(f, angle);
		return {
			angle,
			turned,
			answerToTurned: apply(turned),
			turnedAnswer: turnGrid(apply(f), angle),
			error: errorAt(layer, f, psi, angle),
			series: {
				plainError: { x: ANGLES, y: ANGLES.map((at) => errorAt('plain', f, psi, at)) },
				p4Error: { x: ANGLES, y: ANGLES.map((at) => errorAt('p4', f, psi, at)) }
			}
		};
	},
	describe({ error, angle }, { layer }) {
		const name = layer === 'plain' ? 'plain convolution' : 'p4 layer';
		return [
			error === 0
				? `Turned by ${print(angle)}°, the ${name} gives exactly the turned answer: the error is 0.`
				: `Turned by ${print(angle)}°, the ${name} is off by ${print(100 * error)} % of its answer’s size.`
		];
	},
	table: ({ series: { plainError, p4Error } }) => ({
		columns: [
			{ label: 'turn', unit: '°', digits: 0 },
			{ label: 'error, plain', digits: 4 },
			{ label: 'error, p4', digits: 4 }
		],
		rows: ANGLES.map((angle, i) => [angle, plainError.y[i], p4Error.y[i]])
	}),
	numbers: ({ error }) => ({ error }),
	questions: {
		between: {
			type: 'choice',
			ask: 'A layer that is exactly equivariant to quarter turns gets the letter F turned by 45°. What is its equivariance error?',
			options: [
				{
					text: 'Zero, as for all turns',
					feedback: 'The filter stands in four turns. 45° is none of them.'
				},
				{
					text: 'Small: under a tenth of what a plain convolution has there',
					feedback:
						'Its filters are as far from 45° as they can be, and the grid has no cells there.'
				},
				{
					text: 'Smaller than a plain convolution’s, but more than a tenth of it',
					feedback: 'Compare the two lines at 45°.'
				}
			],
			answer(at) {
				const { p4, plain } = between(at);
				return p4 === 0 ? 0 : p4 < plain / 10 ? 1 : 2;
			},
			explain(at) {
				const { p4, plain } = between(at);
				return `It is ${print(p4)}, and ${print(plain)} for the plain one. Part of both is the grid’s own loss: turned by 45°, a picture has to be read between its cells.`;
			}
		}
	},
	standIns: [],
	source: ['kernels/geometry/groupConvolution.ts', 'kernels/geometry/gridTurns.ts']
});

function between(
	at: (changed: { angle: number }) => {
		series: Record<'plainError' | 'p4Error', { y: readonly number[] }>;
	}
) {
	const { series } = at({ angle: 45 });
	const i = ANGLES.indexOf(45);
	return { p4: series.p4Error.y[i], plain: series.plainError.y[i] };
}
