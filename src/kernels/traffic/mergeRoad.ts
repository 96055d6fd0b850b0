/** Where the ramp begins to bend, m along the road, and where it has come alongside. */
const BEND = { start: 220, end: 320 } as const;

/** Where the ramp runs beside the main road: cars may change over from here, and must before the end. */
export const MERGE_ZONE = { start: 320, end: 420 } as const;

/** Within this stretch cars of one road see those of the other. */
export const SIGHT_ZONE = { start: BEND.start, end: MERGE_ZONE.end } as const;

/** From the middle of the main lane to the middle of the lane that ends, m. */
export const LANE_WIDTH = 4;
const AMPLITUDE = 3.25;

/**
 * How far beside the main lane's middle the ramp's middle runs, in m, at x m along the road: 10.5 m
 * away, then half a sine, then one lane beside it. Geometry of MARL_CAVs' merge_env_v1.
 *
 * Cost O(1). Worked values: rampOffset(0) = 10.5, rampOffset(270) = 7.25, rampOffset(400) = 4.
 */
export function rampOffset(x: number): number {
	if (x >= BEND.end) return LANE_WIDTH;
	const share = Math.max(0, (x - BEND.start) / (BEND.end - BEND.start));
	return LANE_WIDTH + AMPLITUDE * (1 + Math.cos(Math.PI * share));
}
