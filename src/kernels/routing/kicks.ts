import type { Stream } from '../core/stream';

/** `count` different places of 0 … n−1, in ascending order. */
function places(stream: Stream, n: number, count: number): number[] {
	const chosen = new Set<number>();
	while (chosen.size < count) chosen.add(stream.int(n));
	return [...chosen].sort((a, b) => a - b);
}

/**
 * The double bridge of Martin, Otto and Felten (1991): the tour A B C D becomes A C B D. Four edges
 * change, and no chain of 2-opt moves that each shorten the tour leads back at once. Returns a new tour.
 *
 * Throws RangeError for fewer than 4 cities.
 */
export function doubleBridge(tour: readonly number[], stream: Stream): number[] {
	if (tour.length < 4) {
		throw new RangeError(`doubleBridge: tour must have at least 4 cities, got ${tour.length}`);
	}
	const [i, j, k] = places(stream, tour.length - 1, 3).map((place) => place + 1);
	return [...tour.slice(0, i), ...tour.slice(j, k), ...tour.slice(i, j), ...tour.slice(k)];
}

/** Of the three stretches behind A: their order in the new tour, and which are turned round. */
const PATTERNS =
	'bcd CBd Cbd cBd DBc DbC dBc dbC dbc bDC bDc bdC CdB Cdb cDB cDb cdb DCb DcB dCB bCd Dbc cdB DCB dCb';

/**
 * The kick of pyCombinatorial: the tour is cut at four places into A B C D, and one of 25 other orders is
 * drawn in which B, C and D stand anew, some of them turned round (small letters). Returns a new tour.
 *
 * Throws RangeError for fewer than 4 cities.
 */
export function fourOptKick(tour: readonly number[], stream: Stream): number[] {
	if (tour.length < 4) {
		throw new RangeError(`fourOptKick: tour must have at least 4 cities, got ${tour.length}`);
	}
	const [, j, k, l] = places(stream, tour.length, 4).map((place) => place + 1);
	const parts = { B: tour.slice(j, k), C: tour.slice(k, l), D: tour.slice(l) };
	const patterns = PATTERNS.split(' ');
	const kicked = tour.slice(0, j);
	for (const letter of patterns[stream.int(patterns.length)]) {
		const part = parts[letter.toUpperCase() as keyof typeof parts];
		kicked.push(...(letter < 'a' ? part : [...part].reverse()));
	}
	return kicked;
}
