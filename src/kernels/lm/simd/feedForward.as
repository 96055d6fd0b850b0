import { sigmoid4 } from './exp';
import { storeLanes } from './lanes';

/** As Engine.swiglu. */
export function swiglu(gateUp: usize, out: usize, rows: i32, hidden: i32): void {
	gateUp <<= 2;
	out <<= 2;
	const bytes = <usize>hidden << 2;
	for (let row = 0; row < rows; row++) {
		for (let i = 0; i < hidden; i += 4) {
			const at = <usize>i << 2;
			const gate = v128.load(gateUp + at);
			const up = v128.load(gateUp + bytes + at);
			storeLanes(out + at, hidden - i, f32x4.mul(f32x4.mul(gate, sigmoid4(gate)), up));
		}
		gateUp += 2 * bytes;
		out += bytes;
	}
}

/** As Engine.swigluBackward. */
export function swigluBackward(
	gateUp: usize,
	dOut: usize,
	dGateUp: usize,
	rows: i32,
	hidden: i32
): void {
	gateUp <<= 2;
	dOut <<= 2;
	dGateUp <<= 2;
	const bytes = <usize>hidden << 2;
	const one = f32x4.splat(1);
	for (let row = 0; row < rows; row++) {
		for (let i = 0; i < hidden; i += 4) {
			const at = <usize>i << 2;
			const gate = v128.load(gateUp + at);
			const up = v128.load(gateUp + bytes + at);
			const d = v128.load(dOut + at);
			const sigmoid = sigmoid4(gate);
			const bend = f32x4.add(one, f32x4.mul(gate, f32x4.sub(one, sigmoid)));
			const dSilu = f32x4.mul(f32x4.mul(d, up), f32x4.mul(sigmoid, bend));
			storeLanes(dGateUp + at, hidden - i, dSilu);
			storeLanes(dGateUp + bytes + at, hidden - i, f32x4.mul(d, f32x4.mul(gate, sigmoid)));
		}
		gateUp += 2 * bytes;
		dOut += bytes;
		dGateUp += 2 * bytes;
	}
}

/** 2·√(2/π) and the cubic coefficient of GELU's tanh form. */
const SLOPE: f32 = 1.5957691216057308;
const CUBIC: f32 = 0.044715;

/** σ(2·√(2/π)·(x + 0.044715·x³)) */
@inline
function gate4(x: v128, square: v128): v128 {
	const inner = f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(CUBIC), square));
	return sigmoid4(f32x4.mul(f32x4.mul(f32x4.splat(SLOPE), x), inner));
}

/** As Engine.gelu. */
export function gelu(x: usize, out: usize, count: i32): void {
	x <<= 2;
	out <<= 2;
	for (let i = 0; i < count; i += 4) {
		const value = v128.load(x);
		storeLanes(out, count - i, f32x4.mul(value, gate4(value, f32x4.mul(value, value))));
		x += 16;
		out += 16;
	}
}

/** As Engine.geluBackward. */
export function geluBackward(x: usize, dOut: usize, dX: usize, count: i32): void {
	x <<= 2;
	dOut <<= 2;
	dX <<= 2;
	const one = f32x4.splat(1);
	for (let i = 0; i < count; i += 4) {
		const value = v128.load(x);
		const square = f32x4.mul(value, value);
		const sigmoid = gate4(value, square);
		const slope = f32x4.mul(
			f32x4.splat(SLOPE),
			f32x4.add(one, f32x4.mul(f32x4.splat(3 * CUBIC), square))
		);
		const bend = f32x4.mul(f32x4.mul(value, f32x4.sub(one, sigmoid)), slope);
		const change = f32x4.mul(sigmoid, f32x4.add(one, bend));
		storeLanes(dX, count - i, f32x4.mul(v128.load(dOut), change));
		x += 16;
		dOut += 16;
		dX += 16;
	}
}
