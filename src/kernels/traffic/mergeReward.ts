import { MERGE_ZONE } from './mergeRoad';

/** How far ahead the environment looks, m. */
export const HEADWAY_SIGHT = 60;
const CRASH = 200;
const HEADWAY_WEIGHT = 4;
const HEADWAY_TIME = 1.2;
const LANE_WEIGHT = 4;
const SPEEDS = [10, 30] as const;

export interface RewardInput {
	/** m/s. */
	speed: number;
	/** To the car ahead, centre to centre, m; what lies beyond 60 m counts as 60. */
	headway: number;
	/** Place along the road, m. */
	x: number;
	/** True on the lane that ends. */
	onMergeLane: boolean;
	crashed: boolean;
}

export interface RewardTerms {
	crash: number;
	speed: number;
	headway: number;
	mergeLane: number;
	/** Their sum. */
	total: number;
}

/**
 * What one car gets for one decision in the merge environment:
 *
 *     r = −200·crashed + clip((v − 10)/20, 0, 1) + 4·min(0, ln(d / (1.2·v))) + 4·r_m
 *     r_m = −exp(−(x − 420)²/1000) on the lane that ends, otherwise 0
 *
 * v in m/s, d and x in m; the headway term is 0 at a stand. The best there can be is 1, at 30 m/s with
 * nothing within 36 m. For d in [12, 36] the reward of an uncrashed car is largest at v = d/1.2: below
 * it speed pays 1/20 for each m/s, above it the headway costs 4/v.
 *
 * Code: merge_env_v1.py of MARL_CAVs (Chen et al., arXiv 2105.05701). CCMA's own joint reward is not
 * published in a form that could be checked; this is the reward of the environment it builds on.
 * Cost O(1). Throws RangeError for a speed below 0 or a headway that is not above 0.
 * Worked value: v = 25, d = 15, x = 410 on the ending lane, crashed: −205.641938.
 */
export function mergeReward({ speed, headway, x, onMergeLane, crashed }: RewardInput): RewardTerms {
	if (!(speed >= 0)) throw new RangeError(`mergeReward: speed must be at least 0, got ${speed}`);
	if (!(headway > 0)) throw new RangeError(`mergeReward: headway must be above 0, got ${headway}`);
	const near = Math.min(headway, HEADWAY_SIGHT);
	const terms = {
		crash: crashed ? -CRASH : 0,
		speed: Math.max(0, Math.min(1, (speed - SPEEDS[0]) / (SPEEDS[1] - SPEEDS[0]))),
		headway: speed > 0 ? HEADWAY_WEIGHT * Math.min(0, Math.log(near / (HEADWAY_TIME * speed))) : 0,
		mergeLane: onMergeLane
			? -LANE_WEIGHT *
				Math.exp(-((x - MERGE_ZONE.end) ** 2) / (10 * (MERGE_ZONE.end - MERGE_ZONE.start)))
			: 0
	};
	return { ...terms, total: terms.crash + terms.speed + terms.headway + terms.mergeLane };
}
