/** Times of two pieces of work taken in turn, so that whatever else the machine does hits both. */
export function sideBySide(ours: () => void, other: () => void, rounds = 30) {
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		for (const [i, work] of [ours, other].entries()) {
			const start = performance.now();
			work();
			times[i].push(performance.now() - start);
		}
	}
	const [a, b] = times.map(median);
	return { ours: a, other: b, ratio: a / b };
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((x, y) => x - y);
	return sorted[Math.floor(sorted.length / 2)];
}

/** The value below which this share of the others lies. */
export function quantile(values: readonly number[], q: number): number {
	return [...values].sort((x, y) => x - y)[Math.floor(q * (values.length - 1))];
}
