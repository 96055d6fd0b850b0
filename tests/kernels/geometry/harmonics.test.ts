import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src/kernels/core/linear/matrix';
import { multiply } from '../../../src/kernels/core/linear/multiply';
import { transpose } from '../../../src/kernels/core/linear/transpose';
import { expSo3 } from '../../../src/kernels/geometry/expSo3';
import { apply3, multiply3 } from '../../../src/kernels/geometry/matrix3';
import {
	physicsHarmonics,
	sphericalHarmonics,
	type HarmonicNormalization
} from '../../../src/kernels/geometry/sphericalHarmonics';
import type { Vector3 } from '../../../src/kernels/geometry/vector3';
import { wigner3j } from '../../../src/kernels/geometry/wigner3j';
import { wignerD } from '../../../src/kernels/geometry/wignerD';
import { anglesToMatrix } from '../../../src/kernels/geometry/yxyAngles';
import { expectNear, flat, rotationVectors, section, vectors, type Nested } from './reference';

const CLOSE = { rtol: 1e-11, atol: 1e-11 };

const applyMatrix = (matrix: Matrix, x: ArrayLike<number>) => [
	...multiply(matrix, { rows: x.length, columns: 1, data: Float64Array.from(x) }).data
];

describe('e3nn’s spherical harmonics', () => {
	const { cases, tolerance } = section('spherical_harmonics_e3nn');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { xyz, normalize, normalization } = inputs as {
			xyz: Vector3;
			normalize: boolean;
			normalization: HarmonicNormalization;
		};
		const own = sphericalHarmonics(xyz, { normalize, normalization }).flat();
		expectNear(own, outputs as Nested, tolerance);
	});
});

describe('SciPy’s, with polar axis z', () => {
	const { cases, tolerance } = section('spherical_harmonics_scipy_physics');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const want = outputs as Record<string, number | { re: number; im: number }>;
		const own = physicsHarmonics(inputs.xyz as Vector3, { normalization: 'integral' });
		own.forEach((values, l) =>
			values.forEach((value, i) => {
				const m = i - l;
				expectNear([value], [want[`real l=${l} m=${m}`] as number], tolerance);
				const complex = want[`complex l=${l} m=${m}`] as { re: number; im: number };
				if (m === 0) expectNear([value, 0], [complex.re, complex.im], tolerance);
				// √2 (−1)^m Re Y_l^m for m > 0; Im of the same for −m.
				else if (m > 0) {
					const factor = Math.SQRT2 * (m % 2 === 0 ? 1 : -1);
					expectNear([value, values[l - m]], [factor * complex.re, factor * complex.im], tolerance);
				}
			})
		);
	});
});

describe('e3nn’s Wigner matrices', () => {
	for (const name of ['wigner_D_e3nn', 'wigner_D_generic']) {
		const { cases, tolerance } = section(name);
		test.each(cases)(`${name} %#`, ({ inputs, outputs }) => {
			const rotation = anglesToMatrix(inputs as { alpha: number; beta: number; gamma: number });
			const want = outputs as Record<string, Nested>;
			if (want.R) expectNear(rotation, want.R, tolerance);
			if (want.D0) expectNear(wignerD(0, rotation).data, want.D0, tolerance);
			expectNear(wignerD(1, rotation).data, want.D1, tolerance);
			expectNear(wignerD(2, rotation).data, want.D2, tolerance);
		});
	}

	test('turn the harmonics, are orthogonal, and multiply as the rotations do', () => {
		fc.assert(
			fc.property(rotationVectors(6), rotationVectors(6), vectors(2), (a, b, x) => {
				const [r, s] = [expSo3(a), expSo3(b)];
				const turned = sphericalHarmonics(apply3(r, x), { normalize: false });
				sphericalHarmonics(x, { normalize: false }).forEach((values, l) => {
					const d = wignerD(l, r);
					expectNear(applyMatrix(d, values), turned[l], { rtol: 1e-10, atol: 1e-10 });
					const square = multiply(transpose(d), d).data;
					expectNear(
						square,
						[...square].map((_, i) => (i % (2 * l + 2) === 0 ? 1 : 0)),
						CLOSE
					);
					const product = multiply(d, wignerD(l, s)).data;
					expectNear(product, [...wignerD(l, multiply3(r, s)).data], CLOSE);
				});
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('under inversion even degrees stay and odd ones change their sign', () => {
		fc.assert(
			fc.property(vectors(2), ([x, y, z]) => {
				const options = { normalize: false };
				const there = sphericalHarmonics([x, y, z], options);
				sphericalHarmonics([-x, -y, -z], options).forEach((values, l) =>
					expectNear(
						values,
						there[l].map((value) => (l === 1 ? -value : value)),
						CLOSE
					)
				);
			}),
			{ seed: 2, numRuns: 100 }
		);
	});

	test('the lengths are what the normalization says', () => {
		for (const [normalization, lengths] of [
			['component', [1, 3, 5]],
			['norm', [1, 1, 1]],
			['integral', [1, 3, 5].map((size) => size / (4 * Math.PI))]
		] as const) {
			const values = sphericalHarmonics([0.4, -1, 2], { normalization });
			const squares = values.map((list) => list.reduce((sum, y) => sum + y * y, 0));
			expectNear(squares, [...lengths], CLOSE);
		}
	});
});

describe('Wigner 3j', () => {
	for (const name of ['wigner_3j_e3nn', 'wigner_3j_all']) {
		const { cases, tolerance } = section(name);
		test.each(cases)(`${name} %#`, ({ inputs, outputs }) => {
			const [l1, l2, l3] = inputs.l1l2l3 as number[];
			expectNear(flat(wigner3j(l1, l2, l3)), outputs as Nested, tolerance);
		});
	}

	const triples = [0, 1, 2].flatMap((a) =>
		[0, 1, 2].flatMap((b) =>
			[0, 1, 2].filter((c) => c >= Math.abs(a - b) && c <= a + b).map((c) => [a, b, c])
		)
	);
	test.each(triples)('(%d, %d, %d) couples what turns to what turns', (l1, l2, l3) => {
		const c = wigner3j(l1, l2, l3);
		const couple = (x: number[], y: number[]) =>
			c[0][0].map((_, k) =>
				x.reduce((sum, xi, i) => sum + y.reduce((part, yj, j) => part + c[i][j][k] * xi * yj, 0), 0)
			);
		fc.assert(
			fc.property(rotationVectors(6), vectors(1), vectors(1), (w, u, v) => {
				const rotation = expSo3(w);
				const [x, y] = [sphericalHarmonics(u)[l1], sphericalHarmonics(v)[l2]];
				const turned = couple(
					applyMatrix(wignerD(l1, rotation), x),
					applyMatrix(wignerD(l2, rotation), y)
				);
				expectNear(turned, applyMatrix(wignerD(l3, rotation), couple(x, y)), CLOSE);
			}),
			{ seed: 3, numRuns: 30 }
		);
		expect(flat(c).reduce((sum, entry) => sum + entry ** 2, 0)).toBeCloseTo(1, 12);
	});
});

test('the worked values of the docstrings', () => {
	expectNear(sphericalHarmonics([0, 1, 0])[2], [0, 0, Math.sqrt(5), 0, 0], CLOSE);
	const root5 = Math.sqrt(5);
	expectNear(sphericalHarmonics([0, 0, 1])[2], [0, 0, -root5 / 2, 0, Math.sqrt(15) / 2], CLOSE);
	expectNear(physicsHarmonics([1, 0, 0])[1], [0, 0, Math.sqrt(3)], CLOSE);
	const half = wignerD(2, expSo3([0, Math.PI, 0])).data;
	expectNear(
		[0, 6, 12, 18, 24].map((i) => half[i]),
		[1, -1, 1, -1, 1],
		CLOSE
	);
	expect(wigner3j(1, 1, 1)[0][1][2]).toBeCloseTo(1 / Math.sqrt(6), 12);
});

test('bad input is refused by name', () => {
	expect(() => sphericalHarmonics([NaN, 0, 0])).toThrow('point must be finite, got NaN');
	expect(() => wignerD(3, expSo3([0, 0, 1]))).toThrow('wignerD: l must be 0, 1 or 2, got 3');
	expect(() => wignerD(1, [1, 0, 0, 0, 1, 0, 0, 0, -1])).toThrow('a reflection');
	expect(() => wigner3j(0, 1, 2)).toThrow('wigner3j: degrees must be whole and fit a triangle');
});
