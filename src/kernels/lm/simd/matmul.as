import { storeLanes } from './lanes';

@inline
function keep(at: usize, lanes: i32, sum: v128, accumulate: i32): void {
	storeLanes(at, lanes, accumulate ? f32x4.add(sum, v128.load(at)) : sum);
}

/** As Engine.matmul, over bytes: 4 × 8 sums stay in registers, two vectors of B serve four rows of A. */
export function multiply(
	a: usize,
	aRow: usize,
	aColumn: usize,
	b: usize,
	bRow: usize,
	bPanel: usize,
	c: usize,
	cRow: usize,
	m: i32,
	n: i32,
	k: i32,
	accumulate: i32
): void {
	for (let j = 0; j < n; j += 8) {
		const left = n - j;
		let from = a;
		let to = c + (<usize>j << 2);
		let i = 0;
		for (; i + 3 < m; i += 4) {
			let a0 = from;
			let a1 = a0 + aRow;
			let a2 = a1 + aRow;
			let a3 = a2 + aRow;
			let at = b;
			let s0 = f32x4.splat(0);
			let s1 = s0;
			let s2 = s0;
			let s3 = s0;
			let t0 = s0;
			let t1 = s0;
			let t2 = s0;
			let t3 = s0;
			for (let p = 0; p < k; p++) {
				const u = v128.load(at);
				const v = v128.load(at, 16);
				let x = v128.load32_splat(a0);
				s0 = f32x4.add(s0, f32x4.mul(x, u));
				t0 = f32x4.add(t0, f32x4.mul(x, v));
				x = v128.load32_splat(a1);
				s1 = f32x4.add(s1, f32x4.mul(x, u));
				t1 = f32x4.add(t1, f32x4.mul(x, v));
				x = v128.load32_splat(a2);
				s2 = f32x4.add(s2, f32x4.mul(x, u));
				t2 = f32x4.add(t2, f32x4.mul(x, v));
				x = v128.load32_splat(a3);
				s3 = f32x4.add(s3, f32x4.mul(x, u));
				t3 = f32x4.add(t3, f32x4.mul(x, v));
				a0 += aColumn;
				a1 += aColumn;
				a2 += aColumn;
				a3 += aColumn;
				at += bRow;
			}
			keep(to, left, s0, accumulate);
			keep(to + cRow, left, s1, accumulate);
			keep(to + 2 * cRow, left, s2, accumulate);
			keep(to + 3 * cRow, left, s3, accumulate);
			if (left > 4) {
				keep(to + 16, left - 4, t0, accumulate);
				keep(to + cRow + 16, left - 4, t1, accumulate);
				keep(to + 2 * cRow + 16, left - 4, t2, accumulate);
				keep(to + 3 * cRow + 16, left - 4, t3, accumulate);
			}
			from += 4 * aRow;
			to += 4 * cRow;
		}
		for (; i < m; i++) {
			let a0 = from;
			let at = b;
			let s = f32x4.splat(0);
			let t = s;
			for (let p = 0; p < k; p++) {
				const x = v128.load32_splat(a0);
				s = f32x4.add(s, f32x4.mul(x, v128.load(at)));
				t = f32x4.add(t, f32x4.mul(x, v128.load(at, 16)));
				a0 += aColumn;
				at += bRow;
			}
			keep(to, left, s, accumulate);
			if (left > 4) keep(to + 16, left - 4, t, accumulate);
			from += aRow;
			to += cRow;
		}
		b += bPanel;
	}
}

export function matmul(
	a: usize,
	aRow: usize,
	aColumn: usize,
	b: usize,
	bRow: usize,
	bPanel: usize,
	c: usize,
	cRow: usize,
	m: i32,
	n: i32,
	k: i32,
	accumulate: i32
): void {
	multiply(
		a << 2,
		aRow << 2,
		aColumn << 2,
		b << 2,
		bRow << 2,
		bPanel << 2,
		c << 2,
		cRow << 2,
		m,
		n,
		k,
		accumulate
	);
}
