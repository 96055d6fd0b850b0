import { mostSimilar, type Match } from '../retrieval/mostSimilar';
import { standardise, standardsOf } from '../retrieval/standardise';
import { caseFeatures, type MergeCase } from './mergeCase';

/** How the features are measured before the cosine is taken. */
export type CaseScaling = 'metres' | 'kilometres' | 'standardised';

/** 1 m is 0.001 km, 1 m/s is 3.6 km/h. */
const KILOMETRES = [0.001, 0.001, 3.6, 3.6, 0.001];

/** Vectors of stored cases and queries in one scaling; standards come from what is stored. */
export function scaleCases(
	stored: readonly MergeCase[],
	scaling: CaseScaling
): { vectors: number[][]; scale(query: MergeCase): number[] } {
	const raw = stored.map(caseFeatures);
	if (scaling === 'metres') return { vectors: raw, scale: caseFeatures };
	if (scaling === 'kilometres') {
		const convert = (vector: number[]) => vector.map((x, i) => x * KILOMETRES[i]);
		return { vectors: raw.map(convert), scale: (query) => convert(caseFeatures(query)) };
	}
	const standards = standardsOf(raw);
	return {
		vectors: raw.map((vector) => standardise(vector, standards)),
		scale: (query) => standardise(caseFeatures(query), standards)
	};
}

export interface Recall {
	matches: Match[];
	/** Share of the recalled cases in which merging went well. */
	safeShare: number;
	/** What the majority of them says. */
	advice: boolean;
}

/**
 * What a memory of past merges says about a new scene: the k cases with the highest cosine, and
 * whether merging went well in most of them. A tie advises to wait.
 *
 * The memory learns nothing: no weight changes, only what is stored.
 * Cost: as `mostSimilar`. Throws as it does.
 */
export function recallCases(
	query: MergeCase,
	stored: readonly MergeCase[],
	scaled: ReturnType<typeof scaleCases>,
	k: number
): Recall {
	const matches = mostSimilar(scaled.scale(query), scaled.vectors, k);
	const safe = matches.filter(({ position }) => stored[position].safe).length;
	return { matches, safeShare: safe / matches.length, advice: 2 * safe > matches.length };
}
