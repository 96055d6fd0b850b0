/** Both features go from −REACH to REACH in this many steps a unit. */
const REACH = 5;
const STEPS = 4;

export interface AnswerPlane {
	/** How much there is in an answer, in standard deviations from the usual. */
	substance: Float64Array;
	/** How long it is, likewise. */
	length: Float64Array;
	/** How likely the base policy gives it. */
	base: Float64Array;
}

/**
 * Finitely many answers that differ in two features, substance s and length l, on a square grid, with a
 * base policy that gives the usual ones most:
 *
 *     p(s, l) ∝ exp(−(s² + l²)/2),   s, l ∈ {−5, −4.75, …, 5}
 *
 * A sum over the grid is the mean under two independent standard normals to about 1e−5, so what holds for
 * the largest of n normals holds for best of n here, as long as n is far below 1/p of the corner.
 *
 * Cost: 41² answers. Throws nothing.
 * Worked value: the mean of l² is 1.000 to three digits.
 */
export function answerPlane(): AnswerPlane {
	const side = 2 * REACH * STEPS + 1;
	const at = (i: number) => i / STEPS - REACH;
	const count = side * side;
	const substance = Float64Array.from({ length: count }, (_, y) => at(Math.floor(y / side)));
	const length = Float64Array.from({ length: count }, (_, y) => at(y % side));
	const base = substance.map((s, y) => Math.exp(-(s * s + length[y] * length[y]) / 2));
	const total = base.reduce((sum, p) => sum + p, 0);
	return { substance, length, base: base.map((p) => p / total) };
}

/**
 * What an answer is truly worth: its substance, and its length up to a point,
 *
 *     r*(s, l) = s + l − c (l² − 1),   best length 1/(2c)
 *
 * The 1 makes the mean over standard normals 0. A reward that is linear in s and l can follow it among
 * answers of one length, and nowhere sees that it turns. Ours, for teaching.
 *
 * Cost: constant. Throws nothing. Worked value: s = 0, l = 1, c = ½: 1.
 */
export function trueWorth(substance: number, length: number, bend: number): number {
	return substance + length - bend * (length * length - 1);
}
