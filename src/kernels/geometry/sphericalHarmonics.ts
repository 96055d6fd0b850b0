import type { Vector3 } from './vector3';

/**
 * How long the values of one degree l are on the unit sphere: 'component' gives ‖Y_l‖² = 2l + 1, 'norm' 1,
 * 'integral' ∫ Y² = 1 over the sphere.
 */
export type HarmonicNormalization = 'component' | 'norm' | 'integral';

/** e3nn divides by at least this where it normalises, so that the zero vector gives 0. */
const SHORTEST = 1e-12;

/**
 * Real spherical harmonics of degree 0, 1 and 2 at a point, in e3nn's order: 1, 3 and 5 numbers, one
 * list a degree. With 'component':
 *
 *     Y⁰ = [1],  Y¹ = √3 [x, y, z]
 *     Y² = √15 [xz, xy, (y² − ½(x² + z²)) / √3, yz, ½(z² − x²)]
 *
 * e3nn, o3.SphericalHarmonics. Its polar axis is y: physics' tables, with polar axis z, agree when they are
 * read at (y, z, x) (see `physicsHarmonics`). Without `normalize`, Y^l grows as |x|^l, a polynomial.
 * Throws RangeError where the point is not finite.
 * Worked value: at [0, 1, 0] with 'component', Y² = [0, 0, √5, 0, 0].
 */
export function sphericalHarmonics(
	point: Vector3,
	{
		normalize = true,
		normalization = 'component'
	}: { normalize?: boolean; normalization?: HarmonicNormalization } = {}
): [number[], number[], number[]] {
	const wrong = point.find((entry) => !Number.isFinite(entry));
	if (wrong !== undefined) {
		throw new RangeError(`sphericalHarmonics: point must be finite, got ${wrong}`);
	}
	const length = normalize ? Math.max(Math.hypot(...point), SHORTEST) : 1;
	const [x, y, z] = point.map((entry) => entry / length);
	const unit = {
		norm: [1, 1, 1],
		component: [1, Math.sqrt(3), Math.sqrt(5)],
		integral: [1, 3, 5].map((size) => Math.sqrt(size / (4 * Math.PI)))
	}[normalization];
	const root3 = Math.sqrt(3);
	return [
		[unit[0]],
		[x, y, z].map((entry) => unit[1] * entry),
		[
			root3 * x * z,
			root3 * x * y,
			y * y - (x * x + z * z) / 2,
			root3 * y * z,
			(root3 / 2) * (z * z - x * x)
		].map((entry) => unit[2] * entry)
	];
}

/**
 * The same functions in the order of physics' tables, m = −l … l with polar axis z: degree 1 is (y, z, x).
 *
 * They are the real combinations √2 (−1)^m Re Y_l^m and √2 (−1)^m Im Y_l^|m| of SciPy's sph_harm, where the
 * normalization is 'integral'. Throws as `sphericalHarmonics` does.
 * Worked value: at [1, 0, 0], with 'component', degree 1 is [0, 0, √3].
 */
export function physicsHarmonics(
	[x, y, z]: Vector3,
	options: Parameters<typeof sphericalHarmonics>[1] = {}
): [number[], number[], number[]] {
	return sphericalHarmonics([y, z, x], options);
}
