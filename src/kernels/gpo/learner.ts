import { adamStep, createAdam, type AdamState } from '../core/adam';
import type { Stream } from '../core/stream';
import { gpoBackward } from './gpoBackward';
import { gpoForward } from './gpoForward';
import { createGpoWorkspace, type GpoWorkspace, type OpinionEpisode } from './gpoWorkspace';
import { checkEpisodeSizes, createEpisode, sampleEpisode } from './sampleEpisode';
import type { Survey } from './syntheticOpinions';
import { learningRateAt, type TrainingConfig } from './trainingConfig';

/** One copy of the model with its optimiser: a client, or the central trainer. */
export interface Learner {
	parameters: Float64Array;
	gradient: Float64Array;
	adam: AdamState;
	/** Gradient steps taken so far; the learning rate schedule follows it. */
	steps: number;
}

export function createLearner(parameters: Float64Array): Learner {
	return {
		parameters: parameters.slice(),
		gradient: new Float64Array(parameters.length),
		adam: createAdam(parameters.length),
		steps: 0
	};
}

/** Buffers that all learners of a run share, since they take turns. */
export interface Bench {
	workspace: GpoWorkspace;
	episode: OpinionEpisode;
	order: Int32Array;
}

/** Throws RangeError where the survey does not fit the model or the episodes do not fit the survey. */
export function createBench(survey: Survey, config: TrainingConfig): Bench {
	const { questions, dimX } = survey.config;
	if (dimX !== config.model.dimX) {
		throw new RangeError(
			`createBench: model.dimX must equal the survey's ${dimX}, got ${config.model.dimX}`
		);
	}
	checkEpisodeSizes(config.episodes, questions);
	const rows = survey.starts[questions];
	return {
		workspace: createGpoWorkspace(config.model, rows, rows),
		episode: createEpisode(survey),
		order: new Int32Array(questions)
	};
}

/**
 * Draws one batch of a group's answers from `batch`, adds scale·∂loss to the learner's gradient and
 * returns the batch's rows. The trainers split `batch` off by group and step number, so that
 * federated and central training of one seed see the same batches.
 * Throws RangeError when the loss is no longer finite: the run has diverged.
 */
export function addGradient(
	learner: Learner,
	bench: Bench,
	survey: Survey,
	config: TrainingConfig,
	batch: Stream,
	group: number,
	scale: number
): number {
	const { workspace, episode, order } = bench;
	sampleEpisode(survey, group, config.episodes, batch, order, episode);
	gpoForward(learner.parameters, episode, workspace);
	const loss = gpoBackward(learner.parameters, learner.gradient, episode, workspace, scale);
	if (!Number.isFinite(loss)) {
		throw new RangeError(
			`addGradient: learningRate must be small enough to train, the loss became ${loss} at ${config.learningRate}`
		);
	}
	return episode.rows;
}

/** Takes the gradient step that has been added up, and clears the gradient for the next. */
export function takeStep(learner: Learner, config: TrainingConfig): void {
	const { parameters, gradient, adam } = learner;
	const rate = learningRateAt(config, learner.steps);
	if (config.optimiser === 'adam') adamStep(adam, parameters, gradient, rate);
	else for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * gradient[i];
	gradient.fill(0);
	learner.steps++;
}
