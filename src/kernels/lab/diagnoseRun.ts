import type { LabConfig } from './labConfig';
import type { StepRecord } from './stepRecord';

export type Ailment =
	| 'reward-fell'
	| 'entropy-collapse'
	| 'far-from-reference'
	| 'no-signal'
	| 'gradient-burst'
	| 'cut-off';

export interface Diagnosis {
	ailment: Ailment;
	/** The step since which it has held. */
	since: number;
	/** A step before it, to go back to. */
	rewindTo: number;
	/** What happened, with its numbers. */
	what: string;
	/** Which change to try: a setting, its value, and why. */
	advice: string;
	try: Partial<LabConfig>;
}

/** Steps over which a symptom is averaged. */
const WINDOW = 8;

interface Symptom {
	ailment: Ailment;
	/** Whether the window shows it, given the first window of the run. */
	shows(now: Window, start: Window): boolean;
	tell(now: Window, start: Window): string;
	advice: string;
	change(config: LabConfig): Partial<LabConfig>;
}

interface Window {
	reward: number;
	bestReward: number;
	entropy: number;
	kl: number;
	fracRewardZeroStd: number;
	gradNorm: number;
	clippedRatio: number;
}

const two = (value: number) => value.toPrecision(2);

/** In the order in which they are told: the first that shows is the one that is named first. */
const symptoms: readonly Symptom[] = [
	{
		ailment: 'reward-fell',
		shows: (now) => now.reward < now.bestReward - Math.max(0.1, 0.3 * now.bestReward),
		tell: (now) =>
			`The reward has fallen to ${two(now.reward)}, from ${two(now.bestReward)} at its best; the policy is ${two(now.kl)} nats a token from the reference.`,
		advice: 'Take smaller steps: a third of the learning rate, and fewer inner epochs.',
		change: ({ learningRate, numIterations }) => ({
			learningRate: learningRate / 3,
			numIterations: Math.max(1, Math.ceil(numIterations / 2))
		})
	},
	{
		ailment: 'entropy-collapse',
		shows: (now, start) =>
			now.entropy < 0.02 && now.entropy < 0.2 * start.entropy && now.reward < 0.9,
		tell: (now, start) =>
			`The entropy has fallen from ${two(start.entropy)} to ${two(now.entropy)} nats a token at a reward of ${two(now.reward)}: all tries at a problem are the same, so nothing new is found.`,
		advice:
			'Hold it to the reference (a larger beta), or let rare tokens rise further (a larger epsilon_high).',
		change: ({ beta, epsilonHigh }) => ({
			beta: Math.max(0.05, 3 * beta),
			epsilonHigh: Math.max(0.28, epsilonHigh)
		})
	},
	{
		ailment: 'no-signal',
		shows: (now) => now.fracRewardZeroStd > 0.9 && now.reward < 0.9,
		tell: (now) =>
			`In ${Math.round(100 * now.fracRewardZeroStd)} % of the groups all rewards agree (mean reward ${two(now.reward)}): they have no advantage and teach nothing.`,
		advice: 'Larger groups, more supervised steps first, or an easier difficulty.',
		change: ({ numGenerations }) => ({ numGenerations: Math.min(64, 2 * numGenerations) })
	},
	{
		ailment: 'far-from-reference',
		shows: (now) => now.kl > 1,
		tell: (now) =>
			`The policy is ${two(now.kl)} nats a token from the reference: it writes what the model after SFT would hardly write.`,
		advice: 'A larger beta, or a smaller learning rate.',
		change: ({ beta, learningRate }) => ({
			beta: Math.max(0.05, 3 * beta),
			learningRate: learningRate / 2
		})
	},
	{
		ailment: 'gradient-burst',
		shows: (now, start) => now.gradNorm > 10 * start.gradNorm && now.gradNorm > 5,
		tell: (now, start) =>
			`The gradient norm has grown from ${two(start.gradNorm)} to ${two(now.gradNorm)}.`,
		advice: 'A smaller learning rate, or fewer inner epochs so that ratios stay near 1.',
		change: ({ learningRate }) => ({ learningRate: learningRate / 3, numIterations: 1 })
	},
	{
		ailment: 'cut-off',
		shows: (now, start) => now.clippedRatio > 0.5 && now.clippedRatio > start.clippedRatio + 0.2,
		tell: (now) =>
			`${Math.round(100 * now.clippedRatio)} % of the completions run out of room before they end.`,
		advice: 'Weigh every token alike (dr_grpo), so that length is not paid for.',
		change: () => ({ algorithm: 'dr_grpo', scaleRewards: 'none' })
	}
];

const measures = [
	'reward',
	'entropy',
	'kl',
	'fracRewardZeroStd',
	'gradNorm',
	'clippedRatio'
] as const satisfies readonly (keyof StepRecord)[];

/** Mean of what was measured in the window from `start` on, 0 where nothing was. */
function average(
	records: readonly StepRecord[],
	start: number,
	of: (typeof measures)[number]
): number {
	let sum = 0;
	let count = 0;
	for (let i = start; i < start + WINDOW; i++) {
		const value = records[i][of];
		if (!Number.isFinite(value)) continue;
		sum += value;
		count++;
	}
	return count > 0 ? sum / count : 0;
}

/** The window that ends with each step, from the first whole one on. */
function windowsOf(records: readonly StepRecord[]): Window[] {
	let bestReward = 0;
	return Array.from({ length: records.length - WINDOW + 1 }, (_, i) => {
		const window = { bestReward } as Window;
		for (const of of measures) window[of] = average(records, i, of);
		bestReward = window.bestReward = Math.max(bestReward, window.reward);
		return window;
	});
}

/**
 * What is wrong with a run of RL, if anything: for each symptom that the last 8 steps show on average,
 * since when it has shown without a break, a step before that to go back to, and what to change. A
 * run shorter than 16 steps is not judged.
 *
 * The thresholds are rules of thumb for models of this size; they name what the curves show, and the
 * advice is a thing to try, not a cure that is known to work.
 * Cost: O(steps). Throws nothing.
 */
export function diagnoseRun(config: LabConfig, records: readonly StepRecord[]): Diagnosis[] {
	const rl = records.filter(({ phase, reward }) => phase === 'rl' && Number.isFinite(reward));
	if (rl.length < 2 * WINDOW) return [];
	const windows = windowsOf(rl);
	const [start, now] = [windows[0], windows[windows.length - 1]];
	return symptoms
		.filter((symptom) => symptom.shows(now, start))
		.map(({ ailment, shows, tell, advice, change }) => {
			let first = windows.length - 1;
			while (first > 0 && shows(windows[first - 1], start)) first--;
			const since = rl[first + WINDOW - 1].step;
			return {
				ailment,
				since,
				rewindTo: Math.max(0, since - WINDOW),
				what: tell(now, start),
				advice,
				try: change(config)
			};
		});
}
