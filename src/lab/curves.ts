import type { StepRecord } from '$kernels/lab/stepRecord';
import type { Role, Series, Table } from '$widgets/contract';

export interface Curve {
	title: string;
	/** What the axis says. */
	label: string;
	lines: readonly { key: keyof StepRecord; label: string; role: Role }[];
	/** Ends of the axis that are always in view. */
	include: readonly number[];
}

/** What the Lab plots of each step of RL. */
export const curves: readonly Curve[] = [
	{
		title: 'Reward',
		label: 'mean reward',
		lines: [{ key: 'reward', label: 'in training', role: 'success' }],
		include: [0, 1]
	},
	{
		title: 'Held-out problems',
		label: 'share solved',
		lines: [
			{ key: 'passAt1', label: 'pass@1', role: 'policy' },
			{ key: 'passAtK', label: 'pass@k', role: 'old' }
		],
		include: [0, 1]
	},
	{
		title: 'KL to the reference',
		label: 'nats a token',
		lines: [{ key: 'kl', label: 'k3 estimate', role: 'kl' }],
		include: [0]
	},
	{
		title: 'Entropy',
		label: 'nats a token',
		lines: [{ key: 'entropy', label: 'of the policy', role: 'policy' }],
		include: [0]
	},
	{
		title: 'Groups without signal',
		label: 'share of groups',
		lines: [{ key: 'fracRewardZeroStd', label: 'all rewards agree', role: 'failure' }],
		include: [0, 1]
	},
	{
		title: 'Clipped tokens',
		label: 'share of tokens',
		lines: [
			{ key: 'clipHigh', label: 'above', role: 'success' },
			{ key: 'clipLow', label: 'below', role: 'failure' }
		],
		include: [0, 0.02]
	},
	{
		title: 'Gradient norm',
		label: 'before clipping',
		lines: [{ key: 'gradNorm', label: 'norm', role: 'neutral' }],
		include: [0]
	},
	{
		title: 'Length',
		label: 'tokens',
		lines: [{ key: 'length', label: 'of a completion', role: 'neutral' }],
		include: [0]
	}
];

/** The steps of RL at which a quantity was measured. */
export function seriesOf(records: readonly StepRecord[], key: keyof StepRecord): Series {
	const measured = records.filter(
		(record) => record.phase === 'rl' && Number.isFinite(record[key] as number)
	);
	return {
		x: measured.map(({ step }) => step),
		y: measured.map((record) => record[key] as number)
	};
}

/** All that was measured, a row a step. */
export function recordTable(records: readonly StepRecord[]): Table {
	const keys = Object.keys(records[0] ?? {}) as (keyof StepRecord)[];
	return {
		columns: keys.map((label) => ({ label })),
		rows: records.map((record) =>
			keys.map((key) => {
				const value = record[key];
				return typeof value === 'number' && Number.isNaN(value) ? '' : value;
			})
		)
	};
}
