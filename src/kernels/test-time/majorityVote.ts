/** Above this Pascal's triangle leaves the range of float64. */
const MOST_VOTES = 1000;

function binomialRows(n: number): Float64Array[] {
	const rows: Float64Array[] = [];
	for (let m = 0; m <= n; m++) {
		const row = new Float64Array(m + 1).fill(1);
		for (let a = 1; a < m; a++) row[a] = rows[m - 1][a - 1] + rows[m - 1][a];
		rows.push(row);
	}
	return rows;
}

/**
 * For one answer: chance that it leads alone, chance that it shares the lead, and its share of
 * those ties. `count` is its own number of votes; every other answer must stay at or below it.
 */
function leads(probabilities: ArrayLike<number>, answer: number, votes: number, C: Float64Array[]) {
	const others = probabilities.length - 1;
	let alone = 0;
	let tied = 0;
	let tieShare = 0;
	for (let count = Math.max(1, Math.ceil(votes / (others + 1))); count <= votes; count++) {
		const rest = votes - count;
		// ways[t][m]: probability mass of m votes spread over the answers so far, t of them at `count`
		let ways = [new Float64Array(rest + 1)];
		ways[0][0] = 1;
		for (let other = 0; other <= others; other++) {
			if (other === answer) continue;
			const next = Array.from({ length: ways.length + 1 }, () => new Float64Array(rest + 1));
			for (let t = 0; t < ways.length; t++) {
				for (let m = 0; m <= rest; m++) {
					if (ways[t][m] === 0) continue;
					let power = 1;
					for (let a = 0; a <= count && m + a <= rest; a++) {
						next[a === count ? t + 1 : t][m + a] += ways[t][m] * C[m + a][a] * power;
						power *= probabilities[other];
					}
				}
			}
			while (next.length > 1 && next[next.length - 1].every((mass) => mass === 0)) next.pop();
			ways = next;
		}
		const own = C[votes][count] * probabilities[answer] ** count;
		alone += own * ways[0][rest];
		for (let t = 1; t < ways.length; t++) {
			tied += own * ways[t][rest];
			tieShare += (own * ways[t][rest]) / (t + 1);
		}
	}
	return { alone, tied, tieShare };
}

export interface MajorityVote {
	/** Chance that the vote picks answer a, ties split evenly: sums to 1. */
	wins: Float64Array;
	/** Chance that answer a has more votes than every other one. */
	alone: Float64Array;
	/** Chance that answer a shares the lead. */
	tied: Float64Array;
}

/**
 * maj@k, exactly: which answer wins when k independent samples vote, if a sample gives answer a
 * with probability p_a. A sum over all vote counts (k_1 … k_A) of the multinomial probability,
 *
 *     wins_a = Σ k!/Π k_i! · Π p_i^{k_i} · [a leads] / (number of leaders),
 *
 * carried out answer by answer instead of count by count. Voting helps when the right answer is
 * the most likely one and hurts when a wrong one is: wins_a → 1 for the mode as k grows.
 *
 * Ties: split evenly here. verl's calc_maj_val gives a tie to the answer seen first, which for
 * independent samples is the same in expectation. The notebooks of github.com/CMU-AIRe/MRT score a
 * tie 0.5 however many share it (see weightedVote.ts).
 * Cost: O(A²·k⁴) at worst with a small factor (A = 10, k = 32: some 15 ms).
 * Throws RangeError for no answers, probabilities outside [0, 1] or that do not sum to 1 (to 1e−9),
 * or votes that are not an integer in 1 … 1000.
 * Worked value: p = (.6, .4), k = 4: alone .4752, tied .3456, wins .648.
 */
export function majorityVote(probabilities: ArrayLike<number>, votes: number): MajorityVote {
	const answers = probabilities.length;
	if (answers === 0) throw new RangeError('majorityVote: probabilities must not be empty');
	let sum = 0;
	for (let a = 0; a < answers; a++) {
		const p = probabilities[a];
		if (!(p >= 0 && p <= 1)) {
			throw new RangeError(`majorityVote: probabilities[${a}] must be in [0, 1], got ${p}`);
		}
		sum += p;
	}
	if (Math.abs(sum - 1) > 1e-9) {
		throw new RangeError(`majorityVote: probabilities must sum to 1, got ${sum}`);
	}
	if (!Number.isInteger(votes) || votes < 1 || votes > MOST_VOTES) {
		throw new RangeError(
			`majorityVote: votes must be an integer in 1 … ${MOST_VOTES}, got ${votes}`
		);
	}
	const C = binomialRows(votes);
	const result: MajorityVote = {
		wins: new Float64Array(answers),
		alone: new Float64Array(answers),
		tied: new Float64Array(answers)
	};
	for (let a = 0; a < answers; a++) {
		const { alone, tied, tieShare } = leads(probabilities, a, votes, C);
		result.alone[a] = alone;
		result.tied[a] = tied;
		result.wins[a] = alone + tieShare;
	}
	return result;
}
