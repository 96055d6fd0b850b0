import { storeLanes } from './lanes';

/** As Engine.rotary. */
export function rotary(
	x: usize,
	stride: usize,
	positions: usize,
	table: usize,
	rows: i32,
	heads: i32,
	headWidth: i32,
	direction: f32
): void {
	x <<= 2;
	table <<= 2;
	positions <<= 2;
	const half = headWidth >> 1;
	const halfBytes = <usize>half << 2;
	const turn = f32x4.splat(direction);
	for (let row = 0; row < rows; row++) {
		const angles = table + ((<usize>i32.load(positions) * <usize>headWidth) << 2);
		let at = x;
		for (let head = 0; head < heads; head++) {
			for (let i = 0; i < half; i += 4) {
				const angle = angles + (<usize>i << 2);
				const to = at + (<usize>i << 2);
				const cos = v128.load(angle);
				const sin = f32x4.mul(turn, v128.load(angle + halfBytes));
				const first = v128.load(to);
				const second = v128.load(to + halfBytes);
				const left = half - i;
				storeLanes(to, left, f32x4.sub(f32x4.mul(first, cos), f32x4.mul(second, sin)));
				const turned = f32x4.add(f32x4.mul(second, cos), f32x4.mul(first, sin));
				storeLanes(to + halfBytes, left, turned);
			}
			at += <usize>headWidth << 2;
		}
		x += stride << 2;
		positions += 4;
	}
}
