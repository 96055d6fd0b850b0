import { normal } from '../core/normal';
import { softmax } from '../core/softmax';
import type { Stream } from '../core/stream';

export interface SurveyConfig {
	/** Groups whose answers are trained on. */
	trainGroups: number;
	/** Groups held out, never trained on. */
	unseenGroups: number;
	questions: number;
	/** Options a question has, drawn evenly from minOptions … maxOptions. */
	minOptions: number;
	maxOptions: number;
	/** Length of an option's embedding, at least 3. */
	dimX: number;
	/** Standard deviation of what in an embedding carries no opinion. */
	embeddingNoise: number;
	/** How far the groups' cultures lie apart; 0 makes all groups think alike. */
	heterogeneity: number;
	/** How decided people are: scale of the utilities. 0 makes every share 1/options. */
	decisiveness: number;
	/** People asked per group and question; Infinity reports the exact shares. */
	respondents: number;
	/** Times as many people asked in the first group: the client that can dominate. */
	dominance: number;
}

/** The survey behind the lesson's figures. */
export const defaultSurvey: SurveyConfig = {
	trainGroups: 8,
	unseenGroups: 6,
	questions: 40,
	minOptions: 3,
	maxOptions: 5,
	dimX: 8,
	embeddingNoise: 0.3,
	heterogeneity: 0.5,
	decisiveness: 1.5,
	respondents: 200,
	dominance: 1
};

/** A survey for quick runs: half the groups, half the questions. */
export const smallSurvey: SurveyConfig = {
	...defaultSurvey,
	trainGroups: 4,
	unseenGroups: 3,
	questions: 24
};

export interface Survey {
	config: SurveyConfig;
	/** First row of each question, and one past the last row at the end: length questions + 1. */
	starts: Int32Array;
	/** Embedding of every (question, option) pair: rows × dimX, the same for all groups. */
	x: Float64Array;
	/** Culture vectors, (trainGroups + unseenGroups) × 2; the training groups come first. */
	cultures: Float64Array;
	/** Share that would choose each option if everyone were asked: one array of rows a group. */
	trueShares: Float64Array[];
	/** Share of those asked who chose it. */
	shares: Float64Array[];
	/** Answers given in each group: people asked × questions (questions where all are asked). */
	answers: Float64Array;
}

function check(config: SurveyConfig): void {
	const whole = (name: keyof SurveyConfig, least: number) => {
		if (!Number.isInteger(config[name]) || config[name] < least) {
			throw new RangeError(
				`syntheticOpinions: ${name} must be an integer of at least ${least}, got ${config[name]}`
			);
		}
	};
	whole('trainGroups', 1);
	whole('unseenGroups', 0);
	whole('questions', 1);
	whole('minOptions', 2);
	whole('maxOptions', config.minOptions);
	whole('dimX', 3);
	for (const name of ['embeddingNoise', 'heterogeneity', 'decisiveness'] as const) {
		if (!(config[name] >= 0 && config[name] < Infinity)) {
			throw new RangeError(
				`syntheticOpinions: ${name} must be at least 0 and finite, got ${config[name]}`
			);
		}
	}
	if (config.respondents !== Infinity) whole('respondents', 1);
	whole('dominance', 1);
}

/** `count` directions of length 1 at right angles to each other (Gram–Schmidt on normal draws). */
function directions(stream: Stream, count: number, length: number): Float64Array[] {
	const found: Float64Array[] = [];
	while (found.length < count) {
		const direction = Float64Array.from({ length }, () => normal(stream));
		for (const other of found) {
			const along = direction.reduce((sum, value, i) => sum + value * other[i], 0);
			for (let i = 0; i < length; i++) direction[i] -= along * other[i];
		}
		const size = Math.hypot(...direction);
		found.push(direction.map((value) => value / size));
	}
	return found;
}

/** Asks `people` and returns the share of each option. */
function poll(stream: Stream, shares: Float64Array, people: number): Float64Array {
	const counts = new Float64Array(shares.length);
	for (let person = 0; person < people; person++) {
		let u = stream.uniform();
		let option = 0;
		while (option < shares.length - 1 && u >= shares[option]) u -= shares[option++];
		counts[option]++;
	}
	return counts.map((count) => count / people);
}

/**
 * A made-up opinion survey in the shape of the paper's data: every (question, option) pair has an
 * embedding x, every group g a share for each option. What stands behind it here is a model of our
 * own, not real opinions. An option has three hidden traits f ~ N(0, I): one that everyone likes and
 * two that divide. It pleases group g, whose culture is z ~ N(0, I) in two dimensions, by
 *
 *     u = decisiveness · (f_0 + heterogeneity · (z_1·f_1 + z_2·f_2)),   share = softmax(u)
 *
 * within a question, and its embedding shows the traits along three fixed directions among noise:
 * x = f_0·a + f_1·b_1 + f_2·b_2 + embeddingNoise·ε, ε ~ N(0, I). Shares are then polled from finitely
 * many people. A group that was held out differs from the others only in z, which its context reveals.
 *
 * Draws stand on labelled splits of `stream`: changing heterogeneity or respondents changes no
 * question and no culture vector.
 * Cost: O(groups·rows·(dimX + respondents)). Throws RangeError for counts that are no integers in
 * range, or noise, heterogeneity or decisiveness below 0 or infinite.
 */
export function syntheticOpinions(config: SurveyConfig, stream: Stream): Survey {
	check(config);
	const { questions, dimX, decisiveness, heterogeneity } = config;
	const groups = config.trainGroups + config.unseenGroups;
	const layout = stream.split('questions');
	const starts = new Int32Array(questions + 1);
	for (let q = 0; q < questions; q++) {
		const options = config.minOptions + layout.int(config.maxOptions - config.minOptions + 1);
		starts[q + 1] = starts[q] + options;
	}
	const rows = starts[questions];
	const traitStream = stream.split('traits');
	const traits = Float64Array.from({ length: rows * 3 }, () => normal(traitStream));
	const axes = directions(stream.split('directions'), 3, dimX);
	const noise = stream.split('noise');
	const x = Float64Array.from({ length: rows * dimX }, (_, i) => {
		const row = Math.floor(i / dimX);
		const shown = axes.reduce((sum, axis, k) => sum + axis[i % dimX] * traits[3 * row + k], 0);
		return shown + config.embeddingNoise * normal(noise);
	});
	const cultureStream = stream.split('cultures');
	const cultures = Float64Array.from({ length: groups * 2 }, () => normal(cultureStream));
	const answers = new Float64Array(groups);
	const trueShares: Float64Array[] = [];
	const shares: Float64Array[] = [];
	for (let group = 0; group < groups; group++) {
		const people = config.respondents * (group === 0 ? config.dominance : 1);
		answers[group] = questions * (people === Infinity ? 1 : people);
		const z1 = heterogeneity * cultures[2 * group];
		const z2 = heterogeneity * cultures[2 * group + 1];
		const pollStream = stream.split('poll').split(group);
		const exact = new Float64Array(rows);
		const polled = new Float64Array(rows);
		for (let q = 0; q < questions; q++) {
			const utilities = Float64Array.from({ length: starts[q + 1] - starts[q] }, (_, option) => {
				const at = 3 * (starts[q] + option);
				return decisiveness * (traits[at] + z1 * traits[at + 1] + z2 * traits[at + 2]);
			});
			const question = softmax(utilities);
			exact.set(question, starts[q]);
			polled.set(people === Infinity ? question : poll(pollStream, question, people), starts[q]);
		}
		trueShares.push(exact);
		shares.push(polled);
	}
	return { config, starts, x, cultures, trueShares, shares, answers };
}
