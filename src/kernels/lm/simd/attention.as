import { sumLanes } from './lanes';
import { multiply } from './matmul';
import { softmaxRow } from './softmaxRows';

/** to(column, row) = from(row, column); all lengths in bytes. */
function transpose(
	from: usize,
	fromRow: usize,
	to: usize,
	toRow: usize,
	rows: i32,
	columns: i32
): void {
	for (let row = 0; row < rows; row++) {
		let at = to;
		for (let column = 0; column < columns; column++) {
			f32.store(at, f32.load(from + (<usize>column << 2)));
			at += toRow;
		}
		from += fromRow;
		to += 4;
	}
}

/** As Engine.attention. */
export function attention(
	qkv: usize,
	weights: usize,
	out: usize,
	scratch: usize,
	starts: usize,
	batch: i32,
	length: i32,
	heads: i32,
	headWidth: i32
): void {
	scratch <<= 2;
	const headBytes = <usize>headWidth << 2;
	const width = <usize>heads * headBytes;
	const stride = 3 * width;
	const padded = <usize>((length + 7) & ~7) << 2;
	const scale: f32 = 1 / sqrt<f32>(<f32>headWidth);
	for (let row = 0; row < batch; row++) {
		const start = i32.load((starts + row) << 2);
		const count = length - start;
		const first = <usize>(row * length + start);
		const outRow = (out << 2) + <usize>(row * length) * width;
		memory.fill(outRow, 0, <usize>start * width);
		for (let head = 0; head < heads; head++) {
			const q = (qkv << 2) + first * stride + <usize>head * headBytes;
			const v = q + 2 * width;
			let w = (weights << 2) + <usize>((row * heads + head) * length) * padded;
			let o = (out << 2) + first * width + <usize>head * headBytes;
			let from = q;
			transpose(q + width, stride, scratch, padded, count, headWidth);
			for (let t = 0; t < count; t += 4) {
				const m = min(4, count - t);
				const n = min(t + 4, count);
				multiply(from, stride, 4, scratch, padded, 32, w, padded, m, n, headWidth, 0);
				for (let i = 0; i < m; i++) softmaxRow(w + <usize>i * padded, t + i + 1, scale);
				multiply(w, padded, 4, v, stride, 32, o, width, m, headWidth, n, 0);
				from += 4 * stride;
				w += 4 * padded;
				o += 4 * width;
			}
		}
	}
}

/** From dP to dS within one row, in place; what is left of the last four becomes 0. */
function scoreGradient(weights: usize, dScores: usize, count: i32, scale: f32): void {
	const end = <usize>count << 2;
	for (let i = count; (i & 3) !== 0; i++) f32.store(dScores + (<usize>i << 2), 0);
	let sums = f32x4.splat(0);
	for (let at: usize = 0; at < end; at += 16) {
		sums = f32x4.add(sums, f32x4.mul(v128.load(weights + at), v128.load(dScores + at)));
	}
	const mean = f32x4.splat(sumLanes(sums));
	const scales = f32x4.splat(scale);
	for (let at: usize = 0; at < end; at += 16) {
		const centred = f32x4.sub(v128.load(dScores + at), mean);
		v128.store(
			dScores + at,
			f32x4.mul(f32x4.mul(v128.load(weights + at), centred), scales)
		);
	}
}

/** As Engine.attentionBackward. */
export function attentionBackward(
	qkv: usize,
	weights: usize,
	dOut: usize,
	dQkv: usize,
	scratch: usize,
	starts: usize,
	batch: i32,
	length: i32,
	heads: i32,
	headWidth: i32
): void {
	scratch <<= 2;
	const headBytes = <usize>headWidth << 2;
	const width = <usize>heads * headBytes;
	const stride = 3 * width;
	const padded = <usize>((length + 7) & ~7) << 2;
	const scale: f32 = 1 / sqrt<f32>(<f32>headWidth);
	const dS = scratch + <usize>headWidth * padded;
	for (let row = 0; row < batch; row++) {
		const start = i32.load((starts + row) << 2);
		const count = length - start;
		const first = <usize>(row * length + start);
		memory.fill((dQkv << 2) + <usize>(row * length) * stride, 0, <usize>start * stride);
		for (let head = 0; head < heads; head++) {
			const headAt = <usize>head * headBytes;
			const q = (qkv << 2) + first * stride + headAt;
			const k = q + width;
			const dQ = (dQkv << 2) + first * stride + headAt;
			const w = (weights << 2) + <usize>((row * heads + head) * length) * padded;
			const d = (dOut << 2) + first * width + headAt;
			transpose(k + width, stride, scratch, padded, count, headWidth);
			for (let t = 0; t < count; t += 4) {
				const m = min(4, count - t);
				const n = min(t + 4, count);
				const to = dS + <usize>t * padded;
				const at = w + <usize>t * padded;
				const from = d + <usize>t * width;
				multiply(from, width, 4, scratch, padded, 32, to, padded, m, n, headWidth, 0);
				for (let i = 0; i < m; i++) {
					scoreGradient(at + <usize>i * padded, to + <usize>i * padded, t + i + 1, scale);
				}
				const dTo = dQ + <usize>t * stride;
				multiply(to, padded, 4, k, stride, 32, dTo, stride, m, headWidth, n, 0);
			}
			for (let s = 0; s < count; s += 4) {
				const m = min(4, count - s);
				const below = count - s;
				const at = <usize>s * padded + (<usize>s << 2);
				const dK = dQ + width + <usize>s * stride;
				const dRows = d + <usize>s * width;
				const qRows = q + <usize>s * stride;
				multiply(w + at, 4, padded, dRows, width, 32, dK + width, stride, m, headWidth, below, 0);
				multiply(dS + at, 4, padded, qRows, stride, 32, dK, stride, m, headWidth, below, 0);
			}
		}
	}
}

/** As Engine.attentionStep. */
export function attentionStep(
	qkv: usize,
	keys: usize,
	values: usize,
	out: usize,
	scratch: usize,
	slots: usize,
	positions: usize,
	rows: i32,
	capacity: i32,
	heads: i32,
	headWidth: i32
): void {
	scratch <<= 2;
	const headBytes = <usize>headWidth << 2;
	const width = <usize>heads * headBytes;
	const capacityBytes = <usize>capacity << 2;
	const scale: f32 = 1 / sqrt<f32>(<f32>headWidth);
	for (let row = 0; row < rows; row++) {
		const slot = i32.load((slots + row) << 2);
		const position = i32.load((positions + row) << 2);
		const q = (qkv << 2) + <usize>row * 3 * width;
		const slotKeys = (keys << 2) + <usize>(slot * capacity) * width;
		const slotValues = (values << 2) + <usize>(slot * capacity) * width;
		const outRow = (out << 2) + <usize>row * width;
		const newKey = slotKeys + (<usize>position << 2);
		transpose(q + width, width, newKey, capacityBytes, 1, heads * headWidth);
		memory.copy(slotValues + <usize>position * width, q + 2 * width, width);
		const count = position + 1;
		for (let head = 0; head < heads; head++) {
			const at = <usize>head * headBytes;
			const k = slotKeys + <usize>(head * headWidth) * capacityBytes;
			const v = slotValues + at;
			multiply(q + at, 0, 4, k, capacityBytes, 32, scratch, 0, 1, count, headWidth, 0);
			softmaxRow(scratch, count, scale);
			multiply(scratch, 0, 4, v, width, 32, outRow + at, 0, 1, headWidth, count, 0);
		}
	}
}
