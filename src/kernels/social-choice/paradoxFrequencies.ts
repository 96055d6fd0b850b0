import type { Stream } from '../core/stream';
import { condorcetWinner } from './condorcetWinner';
import { luceBallot } from './luceBallot';
import { majorityMargins } from './majorityMargins';
import { majorityOrder } from './majorityOrder';

export interface ParadoxFrequencies {
	/** Electorates drawn. */
	profiles: number;
	/** Of them, those whose majorities contain a cycle. */
	cycles: number;
	/** Of them, those in which no alternative beats each other one. */
	noWinner: number;
}

/**
 * Draws electorates of `voters` ballots from the Luce model with these weights (equal weights: all
 * orders alike) and counts how many have a Condorcet cycle and how many have no Condorcet winner.
 * Without a winner there is a cycle, if no pair is tied; the reverse holds for three alternatives only.
 *
 * A tie beats nobody: with an even number of voters an electorate without winner may have no cycle.
 *
 * Cost: O(profiles · voters · n²). Throws RangeError for voters or profiles that are not positive
 * integers, and as luceBallot does.
 */
export function paradoxFrequencies(
	stream: Stream,
	{ weights, voters, profiles }: { weights: readonly number[]; voters: number; profiles: number }
): ParadoxFrequencies {
	for (const [name, value] of Object.entries({ voters, profiles })) {
		if (!(Number.isInteger(value) && value >= 1)) {
			throw new RangeError(`paradoxFrequencies: ${name} must be a positive integer, got ${value}`);
		}
	}
	let cycles = 0;
	let noWinner = 0;
	for (let profile = 0; profile < profiles; profile++) {
		const ballots = Array.from({ length: voters }, () => luceBallot(stream, weights));
		const { margins } = majorityMargins(ballots);
		if (majorityOrder(margins) === undefined) cycles++;
		if (condorcetWinner(margins) === undefined) noWinner++;
	}
	return { profiles, cycles, noWinner };
}
