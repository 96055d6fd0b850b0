/** Values of f at the points of the same name. */
interface Bracket {
	a: number;
	b: number;
	c: number;
	fa: number;
	fb: number;
	fc: number;
}

/** The step from b to where a parabola on its side (or a line, where a is c) meets zero. */
function interpolatedStep({ a, b, c, fa, fb, fc }: Bracket): number {
	const s = fb / fa;
	if (a === c) return (-s * (c - b)) / (s - 1);
	const r = fb / fc;
	const t = fa / fc;
	const numerator = s * ((c - b) * t * (t - r) - (b - a) * (r - 1));
	return -numerator / ((t - 1) * (r - 1) * (s - 1));
}

/**
 * A root of a continuous function between low and high, where its signs differ: Brent's method,
 * which is bisection where it must be and inverse quadratic interpolation where it can be.
 *
 * R. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4. Cost: some 5 to 10 calls.
 * Throws RangeError where f(low) and f(high) have the same sign, or f is NaN at an end.
 * Worked value: brent((x) => x * x - 2, 0, 2) ≈ 1.414213562.
 */
export function brent(
	f: (x: number) => number,
	low: number,
	high: number,
	{ tolerance = 1e-14, maxIterations = 200 } = {}
): number {
	let [a, b, fa, fb] = [low, high, f(low), f(high)];
	if (fa === 0) return a;
	if (!(fa * fb <= 0)) {
		throw new RangeError(
			`brent: f must change its sign between ${low} and ${high}, got ${fa} and ${fb}`
		);
	}
	let [c, fc] = [a, fa];
	let [step, before] = [b - a, b - a];
	for (let i = 0; i < maxIterations && fb !== 0; i++) {
		if (fb * fc > 0) [c, fc, step, before] = [a, fa, b - a, b - a];
		if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb];
		const near = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
		const half = (c - b) / 2;
		if (Math.abs(half) <= near) break;
		const shrinks = Math.abs(before) >= near && Math.abs(fa) > Math.abs(fb);
		const proposal = shrinks ? interpolatedStep({ a, b, c, fa, fb, fc }) : half;
		const inside = proposal / half > 0 && proposal / half < 1.5;
		const trusted = shrinks && inside && Math.abs(proposal) < Math.abs(before) / 2;
		before = trusted ? step : half;
		step = trusted ? proposal : half;
		[a, fa] = [b, fb];
		b += Math.abs(step) > near ? step : Math.sign(half) * near;
		fb = f(b);
	}
	return b;
}
