import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A seeded source of random numbers. Every kernel that draws takes one as an argument, so that
 * the same seed gives the same numbers in the page, in a worker and in a test.
 */
export interface Stream {
	/** A number in [0, 1) with 53 random bits. */
	uniform(): number;
	/** An integer in 0 … n−1, without modulo bias. Throws RangeError unless n is a positive integer. */
	int(n: number): number;
	/**
	 * A stream of its own for one part of the work ("prompt 3", "client 1"). It depends on this
	 * stream's seed and the label only, not on what has been drawn, so that parts can be added or
	 * reordered without changing the others.
	 */
	split(label: string | number): Stream;
}

/** The 32-bit finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
function mix(hash: number): number {
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/** FNV-1a over the label, started from the parent's seed. */
function childSeed(seed: number, label: string): number {
	let hash = 0x811c9dc5 ^ mix(seed);
	for (let i = 0; i < label.length; i++) {
		hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
	}
	return mix(hash);
}

/** pure-rand puts the seed into the state as it is, so the first outputs of near seeds look alike. */
const WARM_UP = 16;

/**
 * A stream from a 32-bit integer seed (xoroshiro128+ of the library pure-rand).
 *
 * Throws RangeError for a seed that is not an integer in 0 … 2³²−1.
 * Worked value: `createStream(1).uniform()` ≈ 0.0432719.
 */
export function createStream(seed: number): Stream {
	if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
		throw new RangeError(`createStream: seed must be an integer in 0 … 4294967295, got ${seed}`);
	}
	const generator = xoroshiro128plus(mix(seed));
	for (let i = 0; i < WARM_UP; i++) generator.next();
	return {
		uniform: () => uniformFloat64(generator),
		int(n) {
			if (!Number.isInteger(n) || n < 1) {
				throw new RangeError(`Stream.int: n must be a positive integer, got ${n}`);
			}
			return uniformInt(generator, 0, n - 1);
		},
		split: (label) => createStream(childSeed(seed, String(label)))
	};
}
