import { normalizeAnswer } from './normalizeAnswer';

/**
 * 1 if a prediction equals one of the golden answers after normalisation (EM), else 0. With
 * 'substring' it is enough that it contains one (subEM): "paris is nice" then passes for "Paris", but
 * so does "anthem" for "them", and a golden answer that is empty after normalisation is contained in
 * everything.
 *
 * Source: em_check and subem_check of Search-R1 (verl/utils/reward_score/qa_em.py at a14dc3a4).
 * Cost: O(length · golden answers). Throws RangeError for no golden answers.
 * Worked value: "The Beatles" for "beatles" is 1.
 */
export function exactMatch(
	prediction: string,
	goldenAnswers: readonly string[],
	{ match = 'exact' }: { match?: 'exact' | 'substring' } = {}
): 0 | 1 {
	if (goldenAnswers.length === 0) {
		throw new RangeError('exactMatch: goldenAnswers must not be empty');
	}
	const given = normalizeAnswer(prediction);
	const right = goldenAnswers.map(normalizeAnswer);
	return right.some((golden) => (match === 'exact' ? golden === given : given.includes(golden)))
		? 1
		: 0;
}
