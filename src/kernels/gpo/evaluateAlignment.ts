import { alignmentScore } from '../federated/alignmentScore';
import { fairnessIndex } from '../federated/fairnessIndex';
import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { gpoForward } from './gpoForward';
import type { GpoWorkspace, OpinionEpisode } from './gpoWorkspace';
import { gaussianLoss } from './questionLikelihood';
import { createEpisode, writeEpisode } from './sampleEpisode';
import type { Survey } from './syntheticOpinions';

/** A fixed examination: for every group, which questions are context and which are asked. */
export interface Evaluation {
	survey: Survey;
	/** One for each group, training groups first. */
	episodes: OpinionEpisode[];
	/** Target questions of each group, in the order of its episode. */
	targets: Int32Array[];
}

/**
 * Draws each group's context and target questions once, so that scores along a training run differ
 * by the model alone. (The official evaluation draws a new context at every call, without a seed of
 * its own, and asks all remaining questions.)
 *
 * Cost: O(groups·rows·dimX). Throws RangeError unless contextQuestions and targetQuestions are
 * positive integers that fit the survey together.
 */
export function createEvaluation(
	survey: Survey,
	contextQuestions: number,
	targetQuestions: number,
	stream: Stream
): Evaluation {
	const { questions } = survey.config;
	for (const [name, value] of Object.entries({ contextQuestions, targetQuestions })) {
		if (!Number.isInteger(value) || value < 1 || value > questions) {
			throw new RangeError(
				`createEvaluation: ${name} must be an integer in 1 … ${questions}, got ${value}`
			);
		}
	}
	if (contextQuestions + targetQuestions > questions) {
		throw new RangeError(
			`createEvaluation: contextQuestions + targetQuestions must be at most ${questions}, got ${contextQuestions + targetQuestions}`
		);
	}
	const all = Array.from({ length: questions }, (_, question) => question);
	const targets: Int32Array[] = [];
	const episodes = survey.shares.map((_, group) => {
		const order = Int32Array.from(shuffle(stream.split(group), all));
		const episode = createEpisode(survey);
		writeEpisode(survey, group, order, contextQuestions, targetQuestions, episode);
		targets.push(order.slice(contextQuestions, contextQuestions + targetQuestions));
		return episode;
	});
	return { survey, episodes, targets };
}

/** Scores of all groups, and what the lesson plots of them. */
export interface GroupAlignment {
	/** Alignment score of each group, training groups first. */
	scores: Float64Array;
	/** Mean over the training groups. */
	seen: number;
	/** Mean over the held-out groups; NaN where there are none. */
	unseen: number;
	/** The lowest score of any group. */
	worst: number;
	/** Fairness index of the training groups' scores. */
	fairness: number;
	/** Fairness index of the held-out groups' scores; NaN where there are none. */
	fairnessUnseen: number;
}

/** Scores one predictor: `shares(group, episode)` returns predicted shares by the episode's rows. */
export function alignmentOf(
	evaluation: Evaluation,
	shares: (group: number, episode: OpinionEpisode) => Float64Array
): GroupAlignment {
	const { trainGroups } = evaluation.survey.config;
	const scores = Float64Array.from(evaluation.episodes, (episode, group) => {
		const predictedRows = shares(group, episode);
		const predicted: Float64Array[] = [];
		const actual: Float64Array[] = [];
		let row = episode.context;
		for (let question = 0; question < episode.questions; question++) {
			const end = row + episode.options[question];
			predicted.push(predictedRows.subarray(row, end));
			actual.push(episode.y.subarray(row, end));
			row = end;
		}
		return alignmentScore(predicted, actual).score;
	});
	const seen = fairnessIndex(scores.subarray(0, trainGroups));
	const unseen = scores.length > trainGroups ? fairnessIndex(scores.subarray(trainGroups)) : null;
	return {
		scores,
		seen: seen.mean,
		unseen: unseen ? unseen.mean : NaN,
		worst: Math.min(seen.lowest, unseen ? unseen.lowest : Infinity),
		fairness: seen.index,
		fairnessUnseen: unseen ? unseen.index : NaN
	};
}

/**
 * The alignment of a model's predictions with every group, and its loss per target row on the
 * training groups (negative log-likelihood, nats), all on the fixed examination.
 *
 * Cost: one gpoForward a group.
 */
export function evaluateAlignment(
	parameters: Float64Array,
	evaluation: Evaluation,
	workspace: GpoWorkspace
): GroupAlignment & { loss: number } {
	const { trainGroups } = evaluation.survey.config;
	let loss = 0;
	let rows = 0;
	const alignment = alignmentOf(evaluation, (group, episode) => {
		gpoForward(parameters, episode, workspace);
		if (group < trainGroups) {
			loss += gaussianLoss(episode, workspace.mean, workspace.sigma);
			rows += episode.rows - episode.context;
		}
		return workspace.mean;
	});
	return { ...alignment, loss: loss / rows };
}
