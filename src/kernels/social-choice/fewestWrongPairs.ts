const MOST = 14;

export interface FewestWrongPairs {
	/** Pairs that every order, and so every reward, at least gets wrong. 0 exactly if there is no cycle. */
	wrong: number;
	/** An order, best first, with that few. */
	order: number[];
}

/**
 * How near a reward can come to the majorities: over all orders of the alternatives, the fewest pairs
 * in which the order puts first what most voters put second. Graph theory calls it the minimum
 * feedback arc set of the majority graph. A tied pair is never wrong.
 *
 * Exact, by dynamic programming over sets: for the set S of alternatives placed so far,
 *
 *     cost(S) = min over last i in S of cost(S − i) + |{j in S − i : most prefer i to j}| .
 *
 * Cost: O(2ⁿ · n). Throws RangeError for none or more than 14 alternatives.
 * Worked value: the cycle [[0, 1, −1], [−1, 0, 1], [1, −1, 0]] gives 1.
 */
export function fewestWrongPairs(margins: readonly (readonly number[])[]): FewestWrongPairs {
	const count = margins.length;
	if (count < 1 || count > MOST) {
		throw new RangeError(`fewestWrongPairs: margins must have 1 to ${MOST} rows, got ${count}`);
	}
	/** As bits: the alternatives that i beats. */
	const beats = margins.map((row) =>
		row.reduce((set, margin, j) => (margin > 0 ? set | (1 << j) : set), 0)
	);
	const size = (set: number) => {
		let items = 0;
		for (let rest = set; rest > 0; rest &= rest - 1) items++;
		return items;
	};
	const cost = new Uint8Array(1 << count);
	const last = new Uint8Array(1 << count);
	for (let set = 1; set < 1 << count; set++) {
		cost[set] = 255;
		for (let i = 0; i < count; i++) {
			if (!(set & (1 << i))) continue;
			const before = set & ~(1 << i);
			const own = cost[before] + size(before & beats[i]);
			if (own < cost[set]) [cost[set], last[set]] = [own, i];
		}
	}
	const order: number[] = [];
	for (let set = (1 << count) - 1; set > 0; set &= ~(1 << last[set])) order.unshift(last[set]);
	return { wrong: cost[(1 << count) - 1], order };
}
