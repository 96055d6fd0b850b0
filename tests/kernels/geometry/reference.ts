import fc from 'fast-check';
import { expect } from 'vitest';
import type { Vector3 } from '../../../src/kernels/geometry/vector3';
import scipy from '../../reference/geometry.json';
import own from '../../reference/geometryOwn.json';

export type Nested = number | readonly Nested[];

interface Case {
	name?: string;
	inputs: Record<string, unknown>;
	outputs: unknown;
}

/** The cases of one section of the reference, with its tolerance. */
export function section(name: string) {
	const found = [...scipy.sections, ...own.sections].find((one) => one.name === name)!;
	return { cases: found.cases as Case[], tolerance: found.tolerance };
}

export function flat(value: Nested): number[] {
	return typeof value === 'number' ? [value] : value.flatMap(flat);
}

/** Every number within the reference's own tolerance. */
export function expectNear(
	got: ArrayLike<number>,
	want: Nested,
	{ rtol, atol }: { rtol: number; atol: number }
): void {
	const target = flat(want);
	expect(got.length).toBe(target.length);
	target.forEach((number, i) => {
		expect(Math.abs(got[i] - number), `place ${i}`).toBeLessThanOrEqual(
			atol + rtol * Math.abs(number)
		);
	});
}

const part = (reach: number) => fc.double({ min: -reach, max: reach, noNaN: true });

export const vectors = (reach: number): fc.Arbitrary<Vector3> =>
	fc.tuple(part(reach), part(reach), part(reach));

/** Rotation vectors of at most `longest` radians. */
export const rotationVectors = (longest: number): fc.Arbitrary<Vector3> =>
	fc
		.tuple(vectors(1), fc.double({ min: 0, max: longest, noNaN: true }))
		.filter(([axis]) => Math.hypot(...axis) > 0.01)
		.map(([[x, y, z], angle]) => {
			const factor = angle / Math.hypot(x, y, z);
			return [factor * x, factor * y, factor * z];
		});
