import { zeroSignalProbability } from '../grpo-dynamics/zeroSignal';
import { silentGroups } from './silentGroups';

/**
 * The chance that a group teaches form and nothing else: its answers are all right or all wrong, and
 * only some of them are well formed. Right (p) and well formed (q) are independent.
 *
 *     P = (p^G + (1−p)^G) · (1 − q^G − (1−q)^G)
 *
 * It never overlaps with `silentGroups`; the rest, 1 − both, are groups in which right and wrong answers
 * stand side by side and the rewards differ.
 * Cost: constant. Throws RangeError as silentGroups.
 * Worked value: p = 0.02, q = 0.5, G = 8: 0.844116, so that 85 % of all groups are about form alone.
 */
export function formOnlyGroups(p: number, q: number, numGenerations: number): number {
	silentGroups(p, q, numGenerations);
	return zeroSignalProbability(p, numGenerations) * (1 - zeroSignalProbability(q, numGenerations));
}
