export interface Majorities {
	/** margins[i][j]: voters who rank i above j, less those who rank j above i. Antisymmetric. */
	margins: number[][];
	/** preferences[i][j] = P(i ≻ j): the share of voters who rank i above j; 1/2 on the diagonal. */
	preferences: number[][];
	/** All voters. */
	total: number;
}

function placesIn(ballot: readonly number[], count: number, name: string): number[] {
	const places = new Array<number>(count).fill(-1);
	ballot.forEach((item, place) => {
		if (places[item] === -1) places[item] = place;
	});
	if (ballot.length !== count || places.includes(-1)) {
		throw new RangeError(
			`majorityMargins: ${name} must order the numbers 0 to ${count - 1}, each once, got ${ballot.join(', ')}`
		);
	}
	return places;
}

/**
 * What the voters say of every pair of alternatives. A ballot is an order, best first; `voters[b]` of
 * them cast ballot b (default one each).
 *
 *     margins[i][j] = Σ_b voters[b] · (+1 if b ranks i above j, else −1)
 *     P(i ≻ j) = (1 + margins[i][j] / total) / 2
 *
 * With an odd number of voters every margin is odd, so no pair is tied.
 *
 * Cost: O(ballots · n²). Throws RangeError for no ballots, a ballot that is not an order of 0 … n−1,
 * or numbers of voters that are negative, not finite, of another count, or all zero.
 * Worked value: ballots (0,1,2), (1,2,0), (2,0,1): margins of +1 for 0 over 1, 1 over 2 and 2 over 0.
 */
export function majorityMargins(
	ballots: readonly (readonly number[])[],
	voters: readonly number[] = ballots.map(() => 1)
): Majorities {
	if (ballots.length === 0) throw new RangeError('majorityMargins: ballots must not be empty');
	if (voters.length !== ballots.length) {
		throw new RangeError(
			`majorityMargins: voters must have ${ballots.length} numbers, got ${voters.length}`
		);
	}
	const count = ballots[0].length;
	const margins = Array.from({ length: count }, () => new Array<number>(count).fill(0));
	let total = 0;
	ballots.forEach((ballot, b) => {
		if (!(voters[b] >= 0 && voters[b] < Infinity)) {
			throw new RangeError(
				`majorityMargins: voters[${b}] must be at least 0 and finite, got ${voters[b]}`
			);
		}
		total += voters[b];
		const places = placesIn(ballot, count, `ballots[${b}]`);
		for (let i = 0; i < count; i++) {
			for (let j = i + 1; j < count; j++) {
				const sign = places[i] < places[j] ? voters[b] : -voters[b];
				margins[i][j] += sign;
				margins[j][i] -= sign;
			}
		}
	});
	if (total === 0) throw new RangeError('majorityMargins: voters must not all be 0');
	const preferences = margins.map((row) => row.map((margin) => (1 + margin / total) / 2));
	return { margins, preferences, total };
}
