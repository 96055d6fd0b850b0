/**
 * The alternative that beats each other one by a majority, or undefined. There is at most one. A tie
 * counts as not beaten. A single alternative wins.
 *
 * `margins` as majorityMargins gives them; 2·P − 1 serves as well, since only signs count. In the words
 * of Liu et al., arXiv 2503.10990, a Condorcet winning response.
 *
 * Cost: O(n): one pass finds the only candidate, a second one checks it.
 * Worked value: margins [[0, 2, 4], [−2, 0, 1], [−4, −1, 0]] give 0.
 */
export function condorcetWinner(margins: readonly (readonly number[])[]): number | undefined {
	let candidate = 0;
	for (let i = 1; i < margins.length; i++) if (!(margins[candidate][i] > 0)) candidate = i;
	const wins = margins[candidate]?.every((margin, other) => other === candidate || margin > 0);
	return wins ? candidate : undefined;
}
