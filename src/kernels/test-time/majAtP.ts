import { weightedVote, type Vote } from './weightedVote';

/** More subsets than this would keep a page waiting. */
const MOST_SUBSETS = 200_000;

/**
 * maj@p from n recorded samples: the mean `score` of weightedVote over every subset of p of them.
 * The notebook estimates this by 100,000 random draws without putting back; here all C(n, p)
 * subsets are counted, so the value is exact for the recorded samples.
 *
 * Cost: O(C(n, p)·p). Throws RangeError for p outside 1 … n or more than 200,000 subsets.
 * Worked value: A, A, B with equal weights, p = 2: pairs AA 1, AB .5, AB .5, mean 2/3.
 */
export function majAtP(
	votes: readonly Vote[],
	correct: string,
	p: number,
	options: { base?: number } = {}
): number {
	const n = votes.length;
	if (!Number.isInteger(p) || p < 1 || p > n) {
		throw new RangeError(`majAtP: p must be an integer in 1 … ${n} votes, got ${p}`);
	}
	let subsets = 1;
	for (let i = 0; i < p; i++) subsets = (subsets * (n - i)) / (i + 1);
	if (Math.round(subsets) > MOST_SUBSETS) {
		throw new RangeError(
			`majAtP: ${n} votes have ${subsets} subsets of ${p}, above ${MOST_SUBSETS}`
		);
	}
	let total = 0;
	const chosen: Vote[] = [];
	const extend = (from: number) => {
		if (chosen.length === p) {
			total += weightedVote(chosen, correct, options).score;
			return;
		}
		for (let i = from; i <= n - (p - chosen.length); i++) {
			chosen.push(votes[i]);
			extend(i + 1);
			chosen.pop();
		}
	};
	extend(0);
	return total / Math.round(subsets);
}
