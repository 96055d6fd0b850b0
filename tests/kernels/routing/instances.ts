import fc from 'fast-check';
import { createStream } from '../../../src/kernels/core/stream';
import {
	distanceMatrix,
	symmetricMatrix,
	type DistanceMatrix
} from '../../../src/kernels/routing/distanceMatrix';
import { openSearch, type Search } from '../../../src/kernels/routing/search';
import type { DistanceRule } from '../../../src/kernels/routing/tsplibDistance';
import tsplib from '../../reference/tsplib.json';

/** TSPLIB's small instances as the reference holds them: by coordinates where there are some, else by matrix. */
export const references = tsplib.sections[0].cases.map(({ name, inputs, outputs }) => {
	const { coords, edge_weight_type, matrix } = inputs as {
		coords: number[][] | null;
		edge_weight_type: string;
		matrix: number[][] | null;
	};
	const distances = coords
		? distanceMatrix(coords.flat(), edge_weight_type as DistanceRule)
		: symmetricMatrix(matrix!);
	const { 'tour_found (0-based)': shortest, ...numbers } = outputs as Record<string, unknown>;
	return {
		name,
		inputs,
		distances,
		shortest: shortest as number[],
		outputs: numbers as Record<string, number | number[] | null>
	};
});

/** Points of the plane with whole coordinates, some of them on one spot. */
export const planePoints = (least: number, most: number, side = 1000) =>
	fc
		.array(fc.tuple(fc.nat(side), fc.nat(side)), { minLength: least, maxLength: most })
		.map((points) => points.flat());

/** Points drawn evenly from a square. */
export function randomPoints(n: number, seed: number, side = 1): number[] {
	const stream = createStream(seed);
	return Array.from({ length: 2 * n }, () => side * stream.uniform());
}

/** A search with look-ups enough for anything. */
export const endless = (distances: DistanceMatrix): Search =>
	openSearch(distances, Number.MAX_SAFE_INTEGER);

/** Runs a generator to its end and gives what it returns. */
export function finish<T>(generator: Generator<unknown, T>): T {
	for (;;) {
		const { done, value } = generator.next();
		if (done) return value;
	}
}
