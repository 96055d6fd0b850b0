/**
 * A shortest circle of majorities (i beats j beats … beats i), each item beating the next and the last
 * the first, or undefined where there is none. Of several as short, the first found from the
 * lowest-numbered alternative.
 *
 * Without ties a shortest cycle always has three members. Breadth-first search from each alternative.
 *
 * Cost: O(n³). Worked value: margins [[0, 1, −1], [−1, 0, 1], [1, −1, 0]] give [0, 1, 2].
 */
export function condorcetCycle(margins: readonly (readonly number[])[]): number[] | undefined {
	let shortest: number[] | undefined;
	for (let start = 0; start < margins.length; start++) {
		const cycle = cycleThrough(margins, start);
		if (cycle && !(shortest && shortest.length <= cycle.length)) shortest = cycle;
	}
	return shortest;
}

function cycleThrough(
	margins: readonly (readonly number[])[],
	start: number
): number[] | undefined {
	const from = new Array<number>(margins.length).fill(-1);
	const queue = [start];
	for (const here of queue) {
		if (margins[here][start] > 0) {
			const path = [here];
			while (path[0] !== start) path.unshift(from[path[0]]);
			return path;
		}
		for (let next = 0; next < margins.length; next++) {
			if (margins[here][next] > 0 && from[next] < 0 && next !== start) {
				from[next] = here;
				queue.push(next);
			}
		}
	}
	return undefined;
}
