import type { Stream } from '../core/stream';
import { drawScene, type Density } from './drawScene';
import {
	chooseAction,
	createDriver,
	greedyAction,
	observe,
	valueOf,
	type DriverValues
} from './mergeDriver';
import { controlledCount, decide, hasMerged, isOver } from './mergeEpisode';
import { legalActions, META_ACTIONS } from './metaActions';
import { worldRewards, type RewardLevel } from './worldRewards';

export interface TrainDriversOptions {
	density: Density;
	/** Whose reward each driver is paid. */
	level: RewardLevel;
	episodes: number;
	learningRate: number;
	/** γ, per decision. */
	discountFactor: number;
	/** ε in the first episode; it falls in a straight line to 0 at the last. */
	exploration: number;
	/** Simulation steps of 1/15 s between two decisions; 3 in the environment. */
	substeps: number;
}

export const TRAIN_DRIVERS_DEFAULTS: TrainDriversOptions = {
	density: 'medium',
	level: 'individual',
	episodes: 400,
	learningRate: 0.1,
	discountFactor: 0.95,
	exploration: 0.3,
	substeps: 15
};

export interface DriverTraining {
	values: DriverValues;
	/** 1 for each episode so far in which every controlled car merged without a crash. */
	successes: number[];
	/** Mean own reward of a decision, by episode. */
	rewards: number[];
}

/**
 * Independent learners in traffic: every controlled car runs Q-learning on what it sees, all on one
 * shared table, each paid by its own, its region's or everyone's reward. Scenes are drawn anew.
 *
 *     Q(o, a) ← Q(o, a) + lr·(r + γ·max_b Q(o′, b) − Q(o, a))
 *
 * A crash of any controlled car ends the episode for all, as in the environment.
 *
 * Paper: MARL_CAVs shares parameters likewise (with neural networks); CCMA's individual level is an RL
 * policy on local observations. Cost: O(episodes · 300 · cars²). Yields a hundred times at most.
 * Throws RangeError for rates outside [0, 1] or episodes that are no positive integer.
 */
export function* trainDrivers(
	overrides: Partial<TrainDriversOptions>,
	stream: Stream
): Generator<DriverTraining, DriverTraining> {
	const options = { ...TRAIN_DRIVERS_DEFAULTS, ...overrides };
	const { density, level, episodes, learningRate, discountFactor, exploration, substeps } = options;
	if (!Number.isInteger(episodes) || episodes < 1) {
		throw new RangeError(`trainDrivers: episodes must be a positive integer, got ${episodes}`);
	}
	for (const [name, rate] of Object.entries({ learningRate, discountFactor, exploration })) {
		if (!(rate >= 0 && rate <= 1)) {
			throw new RangeError(`trainDrivers: ${name} must be in [0, 1], got ${rate}`);
		}
	}
	const training: DriverTraining = { values: createDriver(), successes: [], rewards: [] };
	const { values } = training;
	const every = Math.max(1, Math.floor(episodes / 100));
	for (let episode = 0; episode < episodes; episode++) {
		const draws = stream.split(`episode ${episode}`);
		const world = drawScene(density, draws);
		const epsilon = exploration * (1 - episode / episodes);
		const count = controlledCount(world);
		let sum = 0;
		let decisions = 0;
		while (!isOver(world)) {
			const seen = Array.from({ length: count }, (_, i) => observe(world, i));
			const actions = seen.map((_, i) => chooseAction(values, world, i, epsilon, draws));
			decide(world, actions, substeps);
			const rewards = worldRewards(world);
			const over = isOver(world);
			seen.forEach((state, i) => {
				const next = over ? -1 : observe(world, i);
				const open = legalActions(world.cars[i]);
				const ahead = over ? 0 : valueOf(values, next, greedyAction(values, next, open));
				const cell = state * META_ACTIONS.length + META_ACTIONS.indexOf(actions[i]);
				values[cell] += learningRate * (rewards[level][i] + discountFactor * ahead - values[cell]);
				sum += rewards.individual[i];
			});
			decisions += count;
		}
		training.successes.push(hasMerged(world) ? 1 : 0);
		training.rewards.push(sum / decisions);
		if ((episode + 1) % every === 0 || episode + 1 === episodes) yield training;
	}
	return training;
}
