import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { alignmentScore } from '../../../src/kernels/federated/alignmentScore';
import { jainIndex } from '../../../src/kernels/federated/jainIndex';
import {
	averageOpinionAlignment,
	noiselessAlignment,
	uniformAlignment
} from '../../../src/kernels/gpo/alignmentBaselines';
import {
	alignmentOf,
	createEvaluation,
	evaluateAlignment
} from '../../../src/kernels/gpo/evaluateAlignment';
import { gpoForward } from '../../../src/kernels/gpo/gpoForward';
import { initialParameters, tinyGpoConfig } from '../../../src/kernels/gpo/gpoModel';
import { createGpoWorkspace } from '../../../src/kernels/gpo/gpoWorkspace';
import {
	smallSurvey,
	syntheticOpinions,
	type SurveyConfig
} from '../../../src/kernels/gpo/syntheticOpinions';

function examination(changed: Partial<SurveyConfig> = {}) {
	const survey = syntheticOpinions({ ...smallSurvey, ...changed }, createStream(1));
	return createEvaluation(survey, 8, 12, createStream(2));
}

const evaluation = examination();

describe('the examination', () => {
	test('asks 12 questions after 8 of context, no question twice', () => {
		for (const [group, episode] of evaluation.episodes.entries()) {
			expect(episode.questions).toBe(12);
			expect(new Set(evaluation.targets[group]).size).toBe(12);
		}
		expect(evaluation.targets[0]).not.toEqual(evaluation.targets[1]);
	});

	test('refuses what does not fit', () => {
		const { survey } = evaluation;
		expect(() => createEvaluation(survey, 0, 5, createStream(1))).toThrow('contextQuestions');
		expect(() => createEvaluation(survey, 14, 12, createStream(1))).toThrow('at most 24');
	});
});

describe('baselines', () => {
	test('who predicts the shares themselves scores 1 everywhere', () => {
		const { seen, unseen, worst, fairness } = alignmentOf(evaluation, (_, { y }) => y);
		expect([seen, unseen, worst, fairness]).toEqual([1, 1, 1, 1]);
	});

	test('uniform < average opinion < noiseless < 1 where groups differ', () => {
		const uniform = uniformAlignment(evaluation);
		const average = averageOpinionAlignment(evaluation);
		const noiseless = noiselessAlignment(evaluation);
		expect(uniform.seen).toBeLessThan(average.seen);
		expect(average.seen).toBeLessThan(noiseless.seen);
		expect(noiseless.seen).toBeLessThan(1);
	});

	test('where all groups think alike and everyone is asked, average opinion is all there is', () => {
		const alike = examination({ heterogeneity: 0, respondents: Infinity });
		// The root in the distance turns rounding of 1e−16 into 1e−8.
		expect(averageOpinionAlignment(alike).worst).toBeCloseTo(1, 7);
		expect(noiselessAlignment(alike).worst).toBe(1);
	});

	test('average opinion is the mean over the training groups', () => {
		const { survey, targets } = evaluation;
		const rows = [...targets[6]].map((q) => [survey.starts[q], survey.starts[q + 1]]);
		const predicted = rows.map(([from, to]) =>
			Array.from({ length: to - from }, (_, i) => {
				const [a, b, c, d] = survey.shares;
				return (a[from + i] + b[from + i] + c[from + i] + d[from + i]) / 4;
			})
		);
		const actual = rows.map(([from, to]) => survey.shares[6].subarray(from, to));
		const want = alignmentScore(predicted, actual).score;
		expect(averageOpinionAlignment(evaluation).scores[6]).toBeCloseTo(want, 12);
	});

	test('uniform is the score of equal shares, question by question', () => {
		const { survey, targets } = evaluation;
		const questions = [...targets[2]].map((q) => [survey.starts[q], survey.starts[q + 1]]);
		const actual = questions.map(([from, to]) => survey.shares[2].subarray(from, to));
		const equal = actual.map((shares) => shares.map(() => 1 / shares.length));
		const want = alignmentScore(equal, actual).score;
		expect(uniformAlignment(evaluation).scores[2]).toBeCloseTo(want, 13);
	});
});

describe('a model', () => {
	const workspace = createGpoWorkspace(tinyGpoConfig, 120, 60);
	const parameters = initialParameters(tinyGpoConfig, createStream(3));
	const got = evaluateAlignment(parameters, evaluation, workspace);

	test('is scored by its predicted shares', () => {
		gpoForward(parameters, evaluation.episodes[5], workspace);
		const mean = workspace.mean.slice();
		const again = alignmentOf(evaluation, (group, { y }) => (group === 5 ? mean : y));
		expect(got.scores[5]).toBe(again.scores[5]);
		expect(again.worst).toBe(got.scores[5]);
	});

	test('means, worst and fairness follow from the scores', () => {
		const seen = got.scores.subarray(0, 4);
		const unseen = got.scores.subarray(4);
		expect(got.seen).toBeCloseTo(seen.reduce((a, b) => a + b) / 4, 14);
		expect(got.unseen).toBeCloseTo(unseen.reduce((a, b) => a + b) / 3, 14);
		expect(got.worst).toBe(Math.min(...got.scores));
		expect(got.fairness).toBeCloseTo(jainIndex(seen), 13);
		expect(got.fairnessUnseen).toBeCloseTo(jainIndex(unseen), 13);
	});

	test('without held-out groups there is nothing to say about them', () => {
		const { unseen, fairnessUnseen, worst } = uniformAlignment(examination({ unseenGroups: 0 }));
		expect(unseen).toBeNaN();
		expect(fairnessUnseen).toBeNaN();
		expect(worst).toBeGreaterThan(0);
	});
});
