/**
 * An order of the alternatives, best first, that agrees with every majority, or undefined where the
 * majorities run in a circle (a Condorcet cycle). It is the order of the rewards that exist by the
 * reward theorem of Liu et al., arXiv 2503.10990: r with r(i) > r(j) whenever most prefer i to j exists
 * if and only if there is no cycle.
 *
 * Repeatedly takes away an alternative that nothing left beats; of several (only with ties) the first.
 * The theorem assumes no ties. With ties, "and only then" asks for more than no cycle: r(i) > r(j)
 * must then fail for tied pairs, so being tied must itself be transitive.
 *
 * Cost: O(n²). Worked value: margins [[0, 1, 1], [−1, 0, 1], [−1, −1, 0]] give [0, 1, 2]; the cycle
 * [[0, 1, −1], [−1, 0, 1], [1, −1, 0]] gives undefined.
 */
export function majorityOrder(margins: readonly (readonly number[])[]): number[] | undefined {
	const beatenBy = margins.map((row) => row.reduce((sum, margin) => sum + (margin < 0 ? 1 : 0), 0));
	const order: number[] = [];
	for (let round = 0; round < margins.length; round++) {
		const next = beatenBy.indexOf(0);
		if (next < 0) return undefined;
		order.push(next);
		beatenBy[next] = -1;
		for (let other = 0; other < margins.length; other++) {
			if (margins[next][other] > 0) beatenBy[other]--;
		}
	}
	return order;
}
