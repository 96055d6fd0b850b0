import type { DpoSettings } from './dpoPresets';
import { marginLoss } from './marginLoss';
import { pairLoss } from './pairLoss';
import type { Preferences } from './readPreferences';
import { sortedDifferences } from './sortedDifferences';

export interface BatchLoss {
	losses: number[];
	/** Of the sum of losses, each in the log-probabilities of that name. */
	chosen: number[];
	rejected: number[];
	refChosen: number[];
	refRejected: number[];
}

function minus(xs: readonly number[], ys: readonly number[]): number[] {
	return xs.map((x, i) => x - ys[i]);
}

/** Losses of the sorted differences, with the slopes put back where their x and their y came from. */
function sortedLoss(xs: number[], ys: number[], { beta }: DpoSettings, labelSmoothing: number) {
	const { differences, xOrder, yOrder } = sortedDifferences(xs, ys);
	const terms = differences.map((h) => marginLoss('sigmoid', h, { beta, labelSmoothing }));
	const inX = new Array<number>(xs.length);
	const inY = new Array<number>(xs.length);
	terms.forEach(({ slope }, k) => {
		inX[xOrder[k]] = slope;
		inY[yOrder[k]] = -slope;
	});
	return { losses: terms.map(({ loss }) => loss), inX, inY };
}

/**
 * The losses of a batch with their gradients in all four log-probabilities. Types that look at one pair
 * are in `pairLoss`; three look at the whole batch:
 *
 *     aot            sigmoid (with ε) of sorted log π(chosen)/π(rejected) less the sorted same of π_ref
 *     aot_unpaired   sigmoid (with ε) of sorted log-ratios of chosen less sorted ones of rejected
 *     sft            −Σ log π(chosen) / Σ tokens; the same for every pair
 *
 * Sorting pairs the k-th smallest of one sample with the k-th smallest of the other, so that an answer's
 * gradient depends on its rank. Paper: Melnyk et al., 2406.05882. As TRL f2cd5771 has them.
 *
 * Cost: O(pairs), or a sort of them. Throws nothing.
 * Worked value: 'aot_unpaired', log-ratios of chosen (2, −1) and rejected (0, −2), β = 1: differences
 * (1, 2), losses 0.313262 and 0.126928.
 */
export function batchLoss(preferences: Preferences, settings: DpoSettings): BatchLoss {
	const { chosen, rejected, refChosen, refRejected, smoothing } = preferences;
	const { chosenLengths, rejectedLengths } = preferences;
	const { lossType } = settings;
	const negative = (xs: readonly number[]) => xs.map((x) => -x);
	if (lossType === 'aot') {
		const policy = minus(chosen, rejected);
		const reference = minus(refChosen, refRejected);
		const { losses, inX, inY } = sortedLoss(policy, reference, settings, smoothing[0]);
		return {
			losses,
			chosen: inX,
			rejected: negative(inX),
			refChosen: inY,
			refRejected: negative(inY)
		};
	}
	const ratios = minus(chosen, refChosen);
	const rejectedRatios = minus(rejected, refRejected);
	if (lossType === 'aot_unpaired') {
		const { losses, inX, inY } = sortedLoss(ratios, rejectedRatios, settings, smoothing[0]);
		return {
			losses,
			chosen: inX,
			rejected: inY,
			refChosen: negative(inX),
			refRejected: negative(inY)
		};
	}
	if (lossType === 'sft') {
		const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);
		const tokens = sum(chosenLengths);
		const none = () => chosen.map(() => 0);
		return {
			losses: chosen.map(() => -sum(chosen) / tokens),
			chosen: chosen.map(() => -chosen.length / tokens),
			rejected: none(),
			refChosen: none(),
			refRejected: none()
		};
	}
	const pairs = ratios.map((ratio, i) =>
		pairLoss(
			{
				chosen: ratio,
				rejected: rejectedRatios[i],
				chosenLength: chosenLengths[i],
				rejectedLength: rejectedLengths[i]
			},
			lossType,
			smoothing[i],
			settings
		)
	);
	return {
		losses: pairs.map(({ loss }) => loss),
		chosen: pairs.map(({ chosenSlope }) => chosenSlope),
		rejected: pairs.map(({ rejectedSlope }) => rejectedSlope),
		refChosen: pairs.map(({ chosenSlope }) => -chosenSlope),
		refRejected: pairs.map(({ rejectedSlope }) => -rejectedSlope)
	};
}
