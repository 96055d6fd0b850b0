/** Stores the first `lanes` numbers of a vector, all four where there are more. */
@inline
export function storeLanes(at: usize, lanes: i32, vector: v128): void {
	if (lanes >= 4) {
		v128.store(at, vector);
		return;
	}
	v128.store32_lane(at, vector, 0);
	if (lanes > 1) v128.store32_lane(at, vector, 1, 4);
	if (lanes > 2) v128.store32_lane(at, vector, 2, 8);
}

/** All bits set in the first `lanes` numbers, none in the others. */
@inline
export function laneMask(lanes: i32): v128 {
	return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
}

@inline
export function sumLanes(vector: v128): f32 {
	return (
		f32x4.extract_lane(vector, 0) +
		f32x4.extract_lane(vector, 1) +
		(f32x4.extract_lane(vector, 2) + f32x4.extract_lane(vector, 3))
	);
}

@inline
export function maxLane(vector: v128): f32 {
	return max(
		max(f32x4.extract_lane(vector, 0), f32x4.extract_lane(vector, 1)),
		max(f32x4.extract_lane(vector, 2), f32x4.extract_lane(vector, 3))
	);
}
