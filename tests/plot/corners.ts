export type Pair = [number, number];

/** The corners of a path of M, L, H, V and Z, absolute or relative, in order, one list a subpath. */
export function corners(d: string): Pair[][] {
	const subpaths: Pair[][] = [];
	let [x, y] = [0, 0];
	const lines = d.replace(/(M[^a-zA-Z]*)h0(?!v)/g, '$1');
	for (const [, command, rest] of lines.matchAll(/([MLHVZlhv])([^MLHVZlhv]*)/g)) {
		const [first, second] = rest.split(/[,\s]/).map(Number);
		if (command === 'Z') continue;
		if (command === 'M') subpaths.push([]);
		if (command === 'H') x = first;
		else if (command === 'V') y = first;
		else if (command === 'h') x += first;
		else if (command === 'v') y += first;
		else if (command === 'l') [x, y] = [x + first, y + second];
		else [x, y] = [first, second];
		[x, y] = [tenths(x), tenths(y)];
		subpaths[subpaths.length - 1].push([x, y]);
	}
	return subpaths;
}

/** Places are written in tenths; sums of them come out a little beside. */
function tenths(place: number): number {
	return Math.round(place * 10) / 10 + 0;
}
