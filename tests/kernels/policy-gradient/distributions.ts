import fc from 'fast-check';

/** Probabilities of 2 to 5 answers, none below about 0.01, with a reward of two digits for each. */
export const scoredPolicy = fc
	.array(
		fc.record({
			weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
			reward: fc.integer({ min: -200, max: 200 }).map((hundredths) => hundredths / 100)
		}),
		{ minLength: 2, maxLength: 5 }
	)
	.map((answers) => {
		const total = answers.reduce((sum, { weight }) => sum + weight, 0);
		return {
			probabilities: answers.map(({ weight }) => weight / total),
			rewards: answers.map(({ reward }) => reward)
		};
	});
