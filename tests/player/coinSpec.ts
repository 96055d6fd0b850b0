import { defineWidget } from '../../src/widgets/contract';

const evidence = {
	test: 'tests/player/execute.test.ts',
	against: 'closed form',
	tolerance: 'exact'
};

/** A small widget for the player's own tests: a biased coin, tossed one by one. */
export const coinSpec = defineWidget({
	name: 'coin',
	version: 2,
	title: 'How fast does the share of heads settle?',
	paper: 'none',
	params: {
		p: { type: 'range', label: 'Chance of heads', min: 0, max: 1, step: 0.01, default: 0.5 },
		tosses: { type: 'stepper', label: 'Tosses', min: 1, max: 500, step: 1, default: 20 }
	},
	presets: {
		biased: { label: 'Biased', reason: 'Nearly always heads.', values: { p: 0.9 }, seed: 5 },
		never: { label: 'Never', reason: 'No heads at all.', values: { p: 0 }, limit: true }
	},
	quantities: {
		share: { label: 'Share of heads', kind: 'sampled', role: 'policy', evidence },
		last: { label: 'Share at the end', kind: 'sampled', evidence }
	},
	random: true,
	*run({ p, tosses }, stream, { onProgress }) {
		const x: number[] = [];
		const y: number[] = [];
		let heads = 0;
		for (let toss = 1; toss <= tosses; toss++) {
			heads += stream.uniform() < p ? 1 : 0;
			x.push(toss);
			y.push(heads / toss);
			onProgress?.(toss / tosses);
			yield { series: { share: { x: [...x], y: [...y] } } };
		}
	},
	describe: ({ series }) => [`The share ends at ${series.share.y.at(-1)}.`],
	table: ({ series }) => ({
		columns: [{ label: 'toss' }, { label: 'share' }],
		rows: series.share.x.map((x, i) => [x, series.share.y[i]])
	}),
	numbers: ({ series }) => ({ last: series.share.y.at(-1)! }),
	questions: {},
	standIns: [],
	source: [],
	migrate: ({ heads, ...rest }, version) =>
		version === 1 && heads !== undefined ? { ...rest, p: heads } : rest
});
