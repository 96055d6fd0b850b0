import { print } from '$kernels/describe/print';
import { normal } from '$kernels/core/normal';
import { decodeFloat8, encodeFloat8 } from '$kernels/fp8/float8';
import { quantizeBlocks } from '$kernels/fp8/quantizeBlocks';
import { defineWidget } from '$widgets/contract';

const COUNT = 512;
const BLOCK = 128;
/** Where the outlier stands: in the second block. */
const PLACE = 200;

const coded = {
	test: 'tests/kernels/fp8/float8.test.ts',
	against: 'ml_dtypes: all 256 bytes, and numbers over 30 powers of two',
	tolerance: 'exact'
};

export const spec = defineWidget({
	name: 'fp8-blocks',
	version: 1,
	title: 'What does one large number do to the small ones?',
	paper: '01-deepseek-techniques',
	random: true,
	params: {
		outlier: {
			type: 'range',
			label: 'One outlier',
			help: 'Its size. The other 511 numbers are normal with a deviation of 1.',
			scale: 'log',
			min: 1,
			max: 1000000,
			step: 1,
			default: 100000
		},
		format: {
			type: 'choice',
			label: 'Format',
			options: { e4m3: 'E4M3', e5m2: 'E5M2' },
			help: 'Bits of exponent and of mantissa. DeepSeek-V3 uses E4M3 throughout.',
			default: 'e4m3'
		},
		value: {
			type: 'range',
			label: 'A number, bit by bit',
			help: 'Encoded alone, with scale 1.',
			min: -500,
			max: 500,
			step: 0.01,
			default: 0.3
		}
	},
	presets: {
		usual: {
			label: 'An outlier of 100,000',
			reason:
				'With one scale about one number in six is stored as 0; with blocks, only in the outlier’s own.',
			values: {}
		},
		harmless: {
			label: 'An outlier of 1,000',
			reason:
				'A floating-point format has range to spare: hardly a number is lost, with one scale too.',
			values: { outlier: 1000 }
		},
		lost: {
			label: 'An outlier of a million',
			reason:
				'With one scale nearly all is lost; with blocks, nearly all of the outlier’s own block.',
			values: { outlier: 1000000 },
			limit: true
		},
		wide: {
			label: 'E5M2',
			reason:
				'More range, fewer digits: nothing is lost, and all is coarser than E4M3 without an outlier.',
			values: { format: 'e5m2' }
		}
	},
	quantities: {
		tensorError: {
			label: 'Relative error of a small number, one scale',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			role: 'b',
			mark: 'point',
			evidence: coded
		},
		blockError: {
			label: 'Relative error of a small number, a scale a block',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			role: 'a',
			mark: 'point',
			evidence: coded
		},
		tensorLost: { label: 'Stored as 0, one scale', kind: 'sampled', digits: 0, evidence: coded },
		blockLost: {
			label: 'Stored as 0, a scale a block',
			kind: 'sampled',
			digits: 0,
			evidence: coded
		},
		stored: { label: 'The number as stored', kind: 'exact', digits: 6, evidence: coded }
	},
	run({ outlier, format, value }, stream) {
		const own = stream.split('values');
		const values = Array.from({ length: COUNT }, () => normal(own));
		values[PLACE] = outlier;
		/** The error of the numbers that are not the outlier: what the sum of squares of all would hide. */
		const look = (blockSize: number) => {
			const { values: stored, lost } = quantizeBlocks(values, blockSize, format);
			let wrong = 0;
			let all = 0;
			values.forEach((x, i) => {
				if (i === PLACE) return;
				wrong += (x - stored[i]) ** 2;
				all += x * x;
			});
			return { stored, lost, error: 100 * Math.sqrt(wrong / all) };
		};
		const byte = encodeFloat8(value, format, true);
		return {
			values,
			tensor: look(COUNT),
			blocks: look(BLOCK),
			byte,
			decoded: decodeFloat8(byte, format)
		};
	},
	describe({ tensor, blocks, byte, decoded }, { outlier, value }) {
		return [
			`Beside an outlier of ${outlier.toLocaleString('en')}, ${tensor.lost} of ${COUNT} numbers are stored as 0 with one scale, ${blocks.lost} with a scale for every ${BLOCK}.`,
			`The others are off by ${print(tensor.error)} % with one scale and by ${print(blocks.error)} % with blocks.`,
			`${print(value, 6)} alone is stored as ${print(decoded, 6)}, the byte ${byte.toString(2).padStart(8, '0')}.`
		];
	},
	table({ values, tensor, blocks }) {
		return {
			columns: [
				{ label: 'position', digits: 0 },
				{ label: 'value', digits: 4 },
				{ label: 'with one scale', digits: 4 },
				{ label: 'with blocks', digits: 4 }
			],
			rows: values.map((x, i) => [i + 1, x, tensor.stored[i], blocks.stored[i]])
		};
	},
	numbers: ({ tensor, blocks, decoded }) => ({
		tensorError: tensor.error,
		blockError: blocks.error,
		tensorLost: tensor.lost,
		blockLost: blocks.lost,
		stored: decoded
	}),
	questions: {
		lost: {
			type: 'choice',
			ask: 'An outlier of 100,000 stands among 511 numbers of about 1, in E4M3 with one scale. About how many of the 511 are stored as 0?',
			options: [
				{
					text: 'Fewer than 50',
					feedback:
						'The scale is 100,000 / 448, about 223: a 1 becomes 0.0045. How small is the smallest step?'
				},
				{
					text: 'About a half',
					feedback:
						'Under half of the smallest step 2⁻⁹, 0.001, a number rounds to 0; that is 0.22 before scaling.'
				},
				{ text: 'More than 400', feedback: 'Try a larger outlier for that.' },
				{ text: 'Between 50 and 150', feedback: 'Those below 0.22 in size, about one in six.' }
			],
			answer(at) {
				const { lost } = at({ outlier: 100000 }).tensor;
				return lost < 50 ? 0 : lost <= 150 ? 3 : lost <= 400 ? 1 : 2;
			},
			explain(at) {
				const { tensor, blocks } = at({ outlier: 100000 });
				return `In this draw ${tensor.lost} with one scale, ${blocks.lost} with a scale for every 128.`;
			}
		},
		nearest: {
			type: 'number',
			ask: 'E4M3 has three bits of mantissa. What is 0.3 stored as, with scale 1?',
			min: 0.25,
			max: 0.35,
			step: 0.0025,
			near: 0.002,
			tooLow: 'Between 0.25 and 0.5 there are eight steps of 1/32. Which is nearest?',
			tooHigh: 'Between 0.25 and 0.5 there are eight steps of 1/32. Which is nearest?',
			answer: (at) => at({ value: 0.3 }).decoded,
			explain: (at) => `${at({ value: 0.3 }).decoded}: 10/32. Its neighbours are 9/32 and 11/32.`
		}
	},
	standIns: [
		'The numbers are drawn from a normal distribution; they stand for activations. Scales are kept in 64 bits.',
		'Every second one of the 512 numbers is drawn; all of them are counted.'
	],
	source: ['kernels/fp8/float8.ts', 'kernels/fp8/quantizeBlocks.ts']
});
