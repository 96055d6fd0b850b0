import type { LabConfig } from '$kernels/lab/labConfig';
import { labTasks } from '$kernels/lab/labTasks';
import type { Algorithm } from '$kernels/lab/algorithms';
import measured from './tenSeeds.json';

/** What an algorithm reached with its defaults, as `node tools/tenSeeds.js` measured it. */
export interface ProvenLevel {
	settings: Omit<LabConfig, 'seed'>;
	/** Share of the tries at held-out problems that are right: before RL, lowest and highest. */
	before: readonly [number, number];
	/** The level, a multiple of 0.05, that at least nine of ten seeds hold after the last step. */
	level: number;
	/** Seeds that hold it, of all. */
	holds: number;
	seeds: number;
}

type Measured = Readonly<
	Record<string, { settings: object; seeds: Readonly<Record<string, readonly number[]>> }>
>;

const STEP = 0.05;
const SHARE_OF_SEEDS = 0.9;

/** Undefined where nothing was measured. */
export function provenLevel(
	algorithm: Algorithm,
	all: Measured = measured as Measured
): ProvenLevel | undefined {
	if (!Object.hasOwn(all, algorithm)) return undefined;
	const { settings, seeds } = all[algorithm];
	const runs = Object.values(seeds);
	const before = runs.map((tests) => tests[0]);
	const after = runs.map((tests) => tests[tests.length - 1]).sort((a, b) => b - a);
	const weakest = after[Math.ceil(SHARE_OF_SEEDS * after.length) - 1];
	// A share of 256 tries is an exact double; 0.7 is not.
	const level = Math.floor(weakest / STEP + 1e-9) * STEP;
	return {
		settings: settings as ProvenLevel['settings'],
		before: [Math.min(...before), Math.max(...before)],
		level,
		holds: after.filter((share) => share >= level - 1e-9).length,
		seeds: runs.length
	};
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The level in a sentence. */
export function tellLevel(algorithm: Algorithm): string | undefined {
	const proven = provenLevel(algorithm);
	if (!proven) return undefined;
	const { settings, before, level, holds, seeds } = proven;
	const { difficulty } = labTasks[settings.task].create(settings.checker);
	return `With its defaults (${settings.difficulty} ${difficulty.meaning}) at least ${percent(level)} of the tries at held-out problems are right after ${settings.maxSteps} steps in ${holds} of ${seeds} seeds, from ${percent(before[0])} to ${percent(before[1])} before them.`;
}
