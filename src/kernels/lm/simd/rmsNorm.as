import { laneMask, storeLanes, sumLanes } from './lanes';

/** As Engine.rmsNorm. */
export function rmsNorm(
	x: usize,
	weight: usize,
	y: usize,
	inverse: usize,
	rows: i32,
	width: i32,
	epsilon: f32
): void {
	x <<= 2;
	weight <<= 2;
	y <<= 2;
	inverse <<= 2;
	for (let row = 0; row < rows; row++) {
		let squares = f32x4.splat(0);
		for (let i = 0; i < width; i += 4) {
			const value = v128.and(v128.load(x + (<usize>i << 2)), laneMask(width - i));
			squares = f32x4.add(squares, f32x4.mul(value, value));
		}
		const scale: f32 = 1 / sqrt<f32>(sumLanes(squares) / <f32>width + epsilon);
		f32.store(inverse, scale);
		const scales = f32x4.splat(scale);
		for (let i = 0; i < width; i += 4) {
			const at = <usize>i << 2;
			const value = f32x4.mul(f32x4.mul(v128.load(x + at), scales), v128.load(weight + at));
			storeLanes(y + at, width - i, value);
		}
		x += <usize>width << 2;
		y += <usize>width << 2;
		inverse += 4;
	}
}

/** As Engine.rmsNormBackward. */
export function rmsNormBackward(
	x: usize,
	weight: usize,
	inverse: usize,
	dy: usize,
	dx: usize,
	dWeight: usize,
	rows: i32,
	width: i32
): void {
	x <<= 2;
	weight <<= 2;
	inverse <<= 2;
	dy <<= 2;
	dx <<= 2;
	dWeight <<= 2;
	for (let row = 0; row < rows; row++) {
		const scale = f32.load(inverse);
		let dots = f32x4.splat(0);
		for (let i = 0; i < width; i += 4) {
			const at = <usize>i << 2;
			const product = f32x4.mul(
				f32x4.mul(v128.load(weight + at), v128.load(dy + at)),
				v128.load(x + at)
			);
			dots = f32x4.add(dots, v128.and(product, laneMask(width - i)));
		}
		const pull = f32x4.splat((sumLanes(dots) / <f32>width) * scale * scale);
		const scales = f32x4.splat(scale);
		for (let i = 0; i < width; i += 4) {
			const at = <usize>i << 2;
			const value = v128.load(x + at);
			const d = v128.load(dy + at);
			const straight = f32x4.mul(v128.load(weight + at), d);
			const change = f32x4.mul(scales, f32x4.sub(straight, f32x4.mul(value, pull)));
			storeLanes(dx + at, width - i, f32x4.add(v128.load(dx + at), change));
			const share = f32x4.mul(f32x4.mul(d, value), scales);
			storeLanes(dWeight + at, width - i, f32x4.add(v128.load(dWeight + at), share));
		}
		x += <usize>width << 2;
		dy += <usize>width << 2;
		dx += <usize>width << 2;
		inverse += 4;
	}
}
