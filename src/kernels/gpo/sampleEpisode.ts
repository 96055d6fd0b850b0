import type { Stream } from '../core/stream';
import type { OpinionEpisode } from './gpoWorkspace';
import type { Survey } from './syntheticOpinions';

/** An empty episode with room for all rows of a survey, to be filled again and again. */
export function createEpisode(survey: Survey): OpinionEpisode {
	const { questions, dimX } = survey.config;
	const rows = survey.starts[questions];
	return {
		context: 0,
		rows: 0,
		x: new Float64Array(rows * dimX),
		y: new Float64Array(rows),
		questions: 0,
		options: new Int32Array(questions)
	};
}

/**
 * Fills `episode` with one group's answers: the questions `order[0] … order[contexts−1]` as context,
 * the next `targets` as targets. Cost: O(rows·dimX), no allocation.
 */
export function writeEpisode(
	survey: Survey,
	group: number,
	order: Int32Array,
	contexts: number,
	targets: number,
	episode: OpinionEpisode
): void {
	const { starts, x, config } = survey;
	const shares = survey.shares[group];
	const { dimX } = config;
	let row = 0;
	for (let i = 0; i < contexts + targets; i++) {
		if (i === contexts) episode.context = row;
		const start = starts[order[i]];
		const end = starts[order[i] + 1];
		for (let source = start; source < end; source++, row++) {
			for (let k = 0; k < dimX; k++) episode.x[row * dimX + k] = x[source * dimX + k];
			episode.y[row] = shares[source];
		}
		if (i >= contexts) episode.options[i - contexts] = end - start;
	}
	episode.rows = row;
	episode.questions = targets;
}

export interface EpisodeSizes {
	/** Questions of context, drawn evenly from min … max in every step. */
	minContext: number;
	maxContext: number;
	/** Target questions, likewise. */
	minTargets: number;
	maxTargets: number;
}

/** Half of the default survey's questions at most, so that a step stays quick. */
export const defaultEpisodeSizes: EpisodeSizes = {
	minContext: 4,
	maxContext: 10,
	minTargets: 4,
	maxTargets: 10
};

/** Throws RangeError unless the sizes are whole, in order, and fit the survey together. */
export function checkEpisodeSizes(sizes: EpisodeSizes, questions: number): void {
	const { minContext, maxContext, minTargets, maxTargets } = sizes;
	const whole = [minContext, maxContext, minTargets, maxTargets].every(Number.isInteger);
	const ordered = minContext >= 1 && minTargets >= 1;
	if (!whole || !ordered || maxContext < minContext || maxTargets < minTargets) {
		throw new RangeError(
			`checkEpisodeSizes: sizes must be integers with 1 ≤ min ≤ max, got ${JSON.stringify(sizes)}`
		);
	}
	if (maxContext + maxTargets > questions) {
		throw new RangeError(
			`checkEpisodeSizes: maxContext + maxTargets must be at most ${questions} questions, got ${maxContext + maxTargets}`
		);
	}
}

/**
 * One training batch of one group, as the official collate function draws it: sizes of context and
 * targets evenly from their ranges, then that many questions without repetition. (There the ranges
 * are 9 … 90 of each: 10 and 100 times data_split = .9.) `order` is scratch of length `questions`.
 *
 * Cost: O(questions + rows·dimX), no allocation but the stream's.
 */
export function sampleEpisode(
	survey: Survey,
	group: number,
	sizes: EpisodeSizes,
	stream: Stream,
	order: Int32Array,
	episode: OpinionEpisode
): void {
	const contexts = sizes.minContext + stream.int(sizes.maxContext - sizes.minContext + 1);
	const targets = sizes.minTargets + stream.int(sizes.maxTargets - sizes.minTargets + 1);
	const { questions } = survey.config;
	for (let i = 0; i < questions; i++) order[i] = i;
	for (let i = 0; i < contexts + targets; i++) {
		const j = i + stream.int(questions - i);
		const other = order[j];
		order[j] = order[i];
		order[i] = other;
	}
	writeEpisode(survey, group, order, contexts, targets, episode);
}
