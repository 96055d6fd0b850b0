/**
 * A player whom the first one does not reach by a chain of wins, or who does not reach the first one so;
 * −1 where there is none, that is, where everyone reaches everyone (the graph is strongly connected).
 *
 * Cost: O(n²).
 */
export function unreachablePlayer(wins: readonly ArrayLike<number>[]): number {
	const reached = (beats: (i: number, j: number) => boolean) => {
		const seen = new Set([0]);
		for (const i of seen) {
			for (let j = 0; j < wins.length; j++) if (beats(i, j)) seen.add(j);
		}
		return seen;
	};
	const below = reached((i, j) => wins[i][j] > 0);
	const above = reached((i, j) => wins[j][i] > 0);
	return wins.findIndex((_, i) => !below.has(i) || !above.has(i));
}
