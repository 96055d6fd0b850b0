import { alignmentOf, type Evaluation, type GroupAlignment } from './evaluateAlignment';

/** Writes a question's shares, given for all rows of the survey, where the episode's rows stand. */
function byEpisode(evaluation: Evaluation, group: number, shares: Float64Array): Float64Array {
	const { survey, episodes, targets } = evaluation;
	const rows = new Float64Array(episodes[group].rows);
	let row = episodes[group].context;
	for (const question of targets[group]) {
		const asked = shares.subarray(survey.starts[question], survey.starts[question + 1]);
		rows.set(asked, row);
		row += asked.length;
	}
	return rows;
}

/**
 * The score of knowing nothing: every option of a question gets the same share. What a model scores
 * is to be judged against this, not against 0.
 * Cost: O(groups·target rows).
 */
export function uniformAlignment(evaluation: Evaluation): GroupAlignment {
	return alignmentOf(evaluation, (_, episode) => {
		const rows = new Float64Array(episode.rows);
		let row = episode.context;
		for (let question = 0; question < episode.questions; question++) {
			const end = row + episode.options[question];
			rows.fill(1 / episode.options[question], row, end);
			row = end;
		}
		return rows;
	});
}

/**
 * The score of ignoring who is asked: every group is predicted to answer as the training groups do
 * on average, question by question. It knows those answers, which the model must predict, but not
 * the group; a model above it has learned to use the context.
 * Cost: O(groups·rows).
 */
export function averageOpinionAlignment(evaluation: Evaluation): GroupAlignment {
	const { shares, config } = evaluation.survey;
	const average = new Float64Array(shares[0].length);
	for (let group = 0; group < config.trainGroups; group++) {
		for (let row = 0; row < average.length; row++) {
			average[row] += shares[group][row] / config.trainGroups;
		}
	}
	return alignmentOf(evaluation, (group) => byEpisode(evaluation, group, average));
}

/**
 * The score of the true shares, before polling: what is missing to 1 is noise of the poll, which no
 * predictor can foresee.
 * Cost: O(groups·rows).
 */
export function noiselessAlignment(evaluation: Evaluation): GroupAlignment {
	const { trueShares } = evaluation.survey;
	return alignmentOf(evaluation, (group) => byEpisode(evaluation, group, trueShares[group]));
}
