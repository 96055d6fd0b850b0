/** C[i][j][k] with 2l₁ + 1, 2l₂ + 1 and 2l₃ + 1 places. */
export type Wigner3j = readonly (readonly (readonly number[])[])[];

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** ⟨j₁ m₁ j₂ m₂ | j₃ m₁+m₂⟩ of SU(2), by Racah's sum of factorials. */
function clebschGordan(j1: number, m1: number, j2: number, m2: number, j3: number): number {
	const m3 = m1 + m2;
	const f = factorial;
	const root = Math.sqrt(
		((2 * j3 + 1) * f(j3 + j1 - j2) * f(j3 - j1 + j2) * f(j1 + j2 - j3) * f(j3 + m3) * f(j3 - m3)) /
			(f(j1 + j2 + j3 + 1) * f(j1 - m1) * f(j1 + m1) * f(j2 - m2) * f(j2 + m2))
	);
	let sum = 0;
	const last = Math.min(j2 + j3 + m1, j3 - j1 + j2, j3 + m3);
	for (let v = Math.max(-j1 + j2 + m3, -j1 + m1, 0); v <= last; v++) {
		const sign = (v + j2 + m2) % 2 === 0 ? 1 : -1;
		const below = f(v) * f(j3 - j1 + j2 - v) * f(j3 + m3 - v) * f(v + j1 - j2 - m3);
		sum += (sign * f(j2 + j3 + m1 - v) * f(j1 - m1 + v)) / below;
	}
	return root * sum;
}

interface Complex {
	re: number;
	im: number;
}

const times = (a: Complex, b: Complex): Complex => ({
	re: a.re * b.re - a.im * b.im,
	im: a.re * b.im + a.im * b.re
});

/** Entry of the change from the real to the complex basis: column `real` of row `m`, both from −l to l. */
function toComplex(l: number, m: number, real: number): Complex {
	if (Math.abs(m) !== Math.abs(real)) return { re: 0, im: 0 };
	const sign = m > 0 && m % 2 !== 0 ? -1 : 1;
	const size = m === 0 ? 1 : sign * Math.SQRT1_2;
	const entry = real >= 0 ? { re: size, im: 0 } : { re: 0, im: m < 0 ? -size : size };
	// The factor (−i)^l makes the 3j symbols real.
	const powers: Complex[] = [
		{ re: 1, im: 0 },
		{ re: 0, im: -1 },
		{ re: -1, im: 0 },
		{ re: 0, im: 1 }
	];
	return times(powers[l % 4], entry);
}

const range = (l: number) => Array.from({ length: 2 * l + 1 }, (_, i) => i - l);

/**
 * The real Wigner 3j symbols in e3nn's basis, with Frobenius norm 1: the only way, up to a factor, to make
 * something of degree l₃ out of two things of degrees l₁ and l₂ that turns as they turn:
 *
 *     z_k = Σ_ij C_ijk x_i y_j,  so that z turns by D^l₃ where x turns by D^l₁ and y by D^l₂
 *
 * (1, 1, 0) is the scalar product, (1, 1, 1) the cross product, (1, 1, 2) the traceless square, each up to
 * a factor. As e3nn's wigner_3j: complex Clebsch–Gordan coefficients by Racah's formula, carried over to
 * the real basis. Cost: O((2l+1)⁵); meant to be made once.
 * Throws RangeError unless the three are whole, at least 0 and obey the triangle inequality.
 * Worked value: wigner3j(1, 1, 1)[0][1][2] = 1/√6.
 */
export function wigner3j(l1: number, l2: number, l3: number): Wigner3j {
	const whole = [l1, l2, l3].every((l) => Number.isInteger(l) && l >= 0);
	if (!whole || l3 < Math.abs(l1 - l2) || l3 > l1 + l2) {
		throw new RangeError(
			`wigner3j: degrees must be whole and fit a triangle, got ${l1}, ${l2}, ${l3}`
		);
	}
	let square = 0;
	const table = range(l1).map((i) =>
		range(l2).map((j) =>
			range(l3).map((k) => {
				let sum = 0;
				for (const m1 of range(l1)) {
					for (const m2 of range(l2)) {
						if (Math.abs(m1 + m2) > l3) continue;
						const back = toComplex(l3, m1 + m2, k);
						const basis = times(times(toComplex(l1, m1, i), toComplex(l2, m2, j)), {
							re: back.re,
							im: -back.im
						});
						if (basis.re) sum += basis.re * clebschGordan(l1, m1, l2, m2, l3);
					}
				}
				square += sum * sum;
				return sum;
			})
		)
	);
	const norm = Math.sqrt(square);
	return table.map((rows) => rows.map((row) => row.map((entry) => entry / norm)));
}
