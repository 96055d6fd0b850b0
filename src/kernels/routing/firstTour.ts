import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { nearestNeighbour } from './nearestNeighbour';
import type { Search } from './search';

/** Where a search starts: a random order, or the nearest-neighbour tour from a random city. */
export type Start = 'random' | 'nearest';

/** The first tour of a search. Costs no look-up where it is random, else n(n−1)/2. */
export function firstTour(search: Search, stream: Stream, start: Start): number[] {
	if (start === 'nearest') return nearestNeighbour(search, stream.int(search.size));
	return shuffle(
		stream,
		Array.from({ length: search.size }, (_, city) => city)
	);
}
