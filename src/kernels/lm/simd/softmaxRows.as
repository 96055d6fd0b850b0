import { exp4 } from './exp';
import { laneMask, maxLane, storeLanes, sumLanes } from './lanes';

/**
 * Softmax of the first `count` numbers from the byte `row` on, times `scale`, in place; what is left of
 * the last four becomes 0.
 */
export function softmaxRow(row: usize, count: i32, scale: f32): void {
	const end = row + (<usize>count << 2);
	for (let i = count; (i & 3) !== 0; i++) f32.store(row + (<usize>i << 2), -Infinity);
	let tops = v128.load(row);
	for (let at = row + 16; at < end; at += 16) tops = f32x4.max(tops, v128.load(at));
	const largest = f32x4.splat(maxLane(tops));
	const scales = f32x4.splat(scale);
	let sums = f32x4.splat(0);
	for (let at = row; at < end; at += 16) {
		const weight = exp4(f32x4.mul(f32x4.sub(v128.load(at), largest), scales));
		v128.store(at, weight);
		sums = f32x4.add(sums, weight);
	}
	// The 1.2e−38 of each number behind the end vanish beside a sum of at least 1.
	const inverse = f32x4.splat(1 / sumLanes(sums));
	for (let at = row; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), inverse));
	for (let i = count; (i & 3) !== 0; i++) f32.store(row + (<usize>i << 2), 0);
}

/** As Engine.softmaxRows. */
export function softmaxRows(
	logits: usize,
	probabilities: usize,
	statistics: usize,
	rows: i32,
	width: i32,
	inverseTemperature: f32
): void {
	logits <<= 2;
	probabilities <<= 2;
	statistics <<= 2;
	const scales = f32x4.splat(inverseTemperature);
	const nothing = f32x4.splat(-Infinity);
	for (let row = 0; row < rows; row++) {
		let tops = nothing;
		for (let i = 0; i < width; i += 4) {
			const value = v128.load(logits + (<usize>i << 2));
			tops = f32x4.max(tops, v128.bitselect(value, nothing, laneMask(width - i)));
		}
		const largest = maxLane(tops);
		let sums = f32x4.splat(0);
		let means = sums;
		for (let i = 0; i < width; i += 4) {
			const at = <usize>i << 2;
			const shifted = f32x4.mul(f32x4.sub(v128.load(logits + at), f32x4.splat(largest)), scales);
			const mask = laneMask(width - i);
			const weight = exp4(shifted);
			storeLanes(probabilities + at, width - i, weight);
			sums = f32x4.add(sums, v128.and(weight, mask));
			means = f32x4.add(means, v128.and(f32x4.mul(weight, shifted), mask));
		}
		const sum = sumLanes(sums);
		const inverse = f32x4.splat(1 / sum);
		for (let i = 0; i < width; i += 4) {
			const at = probabilities + (<usize>i << 2);
			storeLanes(at, width - i, f32x4.mul(v128.load(at), inverse));
		}
		f32.store(statistics, largest * inverseTemperature);
		f32.store(statistics, sum, 4);
		f32.store(statistics, sumLanes(means) / sum, 8);
		logits += <usize>width << 2;
		probabilities += <usize>width << 2;
		statistics += 16;
	}
}
