import fc from 'fast-check';
import { createStream } from '../../../src/kernels/core/stream';
import {
	distanceMatrix,
	symmetricMatrix,
	type DistanceMatrix
} from '../../../src/kernels/routing/distanceMatrix';
import { openSearch, type Search } from '../../../src/kernels/routing/search';
import type { DistanceRule } from '../../../src/kernels/routing/tsplibDistance';
import routing from '../../reference/routing.json';
import tsplib from '../../reference/tsplib.json';

interface Case<Inputs, Outputs> {
	name: string;
	inputs: Inputs;
	outputs: Outputs;
}

/** The cases of a section of the reference that the paper's codes made, and its tolerance. */
export function section<Inputs, Outputs>(name: string) {
	const { cases, tolerance } = routing.sections.find((other) => other.name === name)!;
	return { cases: cases as unknown as Case<Inputs, Outputs>[], tolerance };
}

interface TsplibInputs {
	edge_weight_type: string;
	coords: number[][] | null;
	matrix: number[][] | null;
	'distance_sample M[0][1],M[0][2],M[1][2]': number[];
}

const tsplibCases = tsplib.sections[0].cases as unknown as Case<
	TsplibInputs,
	Record<string, number | null> & {
		'tour_found (0-based)': number[];
		nearest_neighbour_from_0_tour: number[];
	}
>[];

/** TSPLIB's small instances as the reference holds them: by coordinates where there are some, else by matrix. */
export const references = tsplibCases.map((reference) => {
	const { coords, edge_weight_type, matrix } = reference.inputs;
	const distances = coords
		? distanceMatrix(coords.flat(), edge_weight_type as DistanceRule)
		: symmetricMatrix(matrix!);
	return { ...reference, distances, shortest: reference.outputs['tour_found (0-based)'] };
});

/** Small instances of real distances, solved by brute force. */
export const toys = tsplib.sections[1] as unknown as {
	tolerance: { rtol: number; atol: number };
	cases: Case<
		{ coords: number[][] },
		Record<string, number> & { nearest_neighbour_tour: number[] }
	>[];
};

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
