import { tinyGpoConfig, type GpoConfig } from './gpoModel';
import { defaultEpisodeSizes, type EpisodeSizes } from './sampleEpisode';

/** What federated and central training share, so that they can be compared. */
export interface TrainingConfig {
	model: GpoConfig;
	episodes: EpisodeSizes;
	optimiser: 'adam' | 'sgd';
	learningRate: number;
	/**
	 * T_max of the cosine schedule lr(step) = lr/2·(1 + cos(π·step/T_max)), by the client's own step
	 * count; Infinity keeps the rate constant. The official run sets 100 for 600 steps: the cosine
	 * comes back up after T_max, so the rate swings three times between 3e−4 and 0.
	 */
	cosineSteps: number;
	/** Questions of context in the examination (20 in the official one). */
	evaluationContext: number;
	/** Questions asked in the examination. */
	evaluationTargets: number;
	/** 4 for float32. */
	bytesPerParameter: number;
}

export interface FederatedConfig extends TrainingConfig {
	rounds: number;
	/** E, gradient steps of each client between two averages (6 in the official run). */
	localSteps: number;
	/** Part of the training groups drawn for each round; at least one takes part (official: 1). */
	clientFraction: number;
	/** True (official): a client's Adam moments outlive the round although its weights are replaced. */
	momentsPersist: boolean;
	/**
	 * n_k of the average. 'batch' (official): rows of the client's first random batch of the round.
	 * 'answers': size of its data, people asked × questions. 'equal': one each.
	 */
	weighting: 'batch' | 'answers' | 'equal';
	/**
	 * Part of a client's batches that come from a training group drawn at random instead of its own.
	 * 0 is federated learning as meant; 1 makes all clients alike, the control that shows how much of a
	 * result is due to each client holding one group only.
	 */
	mixing: number;
}

export interface CentralConfig extends TrainingConfig {
	/** Gradient steps; each one averages the gradients of all training groups. */
	steps: number;
	/** The steps after which to score the model, ascending; 0 is before the first. */
	evaluateAfter: readonly number[];
}

/** The lesson's run: 8 clients, 20 rounds of 6 local steps. */
export const defaultFederatedConfig: FederatedConfig = {
	model: tinyGpoConfig,
	episodes: defaultEpisodeSizes,
	optimiser: 'adam',
	learningRate: 5e-3,
	cosineSteps: Infinity,
	evaluationContext: 10,
	evaluationTargets: 20,
	bytesPerParameter: 4,
	rounds: 20,
	localSteps: 6,
	clientFraction: 1,
	momentsPersist: true,
	weighting: 'batch',
	mixing: 0
};

/** A run over smallSurvey that takes a fraction of a second, for drawings made ahead and for tests. */
export const smallFederatedConfig: FederatedConfig = {
	...defaultFederatedConfig,
	learningRate: 1e-2,
	evaluationContext: 8,
	evaluationTargets: 12,
	rounds: 12,
	localSteps: 4
};

export interface TrainingOptions {
	/** Aborted where the reader cancels: the run then throws the signal's reason. */
	signal?: AbortSignal;
	/** Called with gradient steps done and in all. */
	onProgress?(done: number, total: number): void;
}

/** Throws RangeError, in the name of `caller`, for settings out of range. */
export function checkTraining(caller: string, config: TrainingConfig): void {
	const { optimiser, learningRate, cosineSteps } = config;
	if (optimiser !== 'adam' && optimiser !== 'sgd') {
		throw new RangeError(`${caller}: optimiser must be 'adam' or 'sgd', got ${optimiser}`);
	}
	for (const [name, value] of Object.entries({ learningRate, cosineSteps })) {
		if (!(value > 0)) throw new RangeError(`${caller}: ${name} must be above 0, got ${value}`);
	}
	if (learningRate === Infinity) {
		throw new RangeError(`${caller}: learningRate must be finite, got ${learningRate}`);
	}
}

/**
 * The learning rate of a step (from 0), lr/2·(1 + cos(π·step/T_max)): PyTorch's CosineAnnealingLR
 * with eta_min 0, periodic with 2·T_max.
 * Worked value: lr 3e−4, T_max 100: 3e−4 at step 0, 1.5e−4 at 50, 0 at 100, 3e−4 again at 200.
 */
export function learningRateAt(config: TrainingConfig, step: number): number {
	return (config.learningRate / 2) * (1 + Math.cos((Math.PI * step) / config.cosineSteps));
}
