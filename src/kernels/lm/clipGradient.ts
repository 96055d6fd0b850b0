/** PyTorch's guard against a norm of 0. A clipped gradient so comes out a hair below maxGradNorm. */
const GUARD = 1e-6;

/**
 * Shrinks a gradient, in place, to a length of at most maxGradNorm, keeping its direction:
 *
 *     g ← g · min(1, maxGradNorm / (‖g‖₂ + 10⁻⁶)),   ‖g‖₂ over all parameters together
 *
 * This is torch.nn.utils.clip_grad_norm_, which TRL calls with max_grad_norm = 1 and verl with
 * grad_clip = 1. PyTorch's default lets a norm that is not finite through and writes NaN into every
 * gradient; here it throws, as PyTorch does with error_if_nonfinite.
 *
 * Pascanu et al., arXiv 1211.5063, Algorithm 1. Cost: O(size). Returns the norm before clipping and the
 * factor. Throws RangeError for a maxGradNorm that is not above 0 (Infinity clips nothing) and a
 * gradient that is not finite.
 * Worked value: (3, 4) with maxGradNorm 1: norm 5, scale ≈ .2, gradient ≈ (.6, .8).
 */
export function clipGradient(
	gradient: Float32Array,
	maxGradNorm: number
): { norm: number; scale: number } {
	if (!(maxGradNorm > 0)) {
		throw new RangeError(`clipGradient: maxGradNorm must be above 0, got ${maxGradNorm}`);
	}
	let squares = 0;
	for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
	const norm = Math.sqrt(squares);
	if (!Number.isFinite(norm)) {
		const bad = gradient.findIndex((g) => !Number.isFinite(g));
		throw new RangeError(`clipGradient: gradient[${bad}] must be finite, got ${gradient[bad]}`);
	}
	const scale = Math.min(1, maxGradNorm / (norm + GUARD));
	if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
	return { norm, scale };
}
