import { checkFinite } from '../rl/checkFinite';

/**
 * A vector turned by its position: rotary embedding with neighbours as pairs,
 *
 *     (x_2i, x_2i+1) ↦ (x_2i·cos a − x_2i+1·sin a,  x_2i·sin a + x_2i+1·cos a),   a = position·θ^(−2i/d)
 *
 * Su et al., RoFormer, arXiv 2104.09864; the pairing of Llama's and DeepSeek's own code (apply_rotary_emb).
 * Hugging Face pairs x_i with x_{i+d/2}. A turned query and a turned key have a product that depends on
 * the difference of their positions only.
 *
 * Cost: O(d). Throws RangeError for an odd length and for numbers that are not finite.
 * Worked value: rotatePairs([1, 0], π/2) ≈ [0, 1].
 */
export function rotatePairs(x: readonly number[], position: number, theta = 10_000): number[] {
	if (x.length % 2 === 1) {
		throw new RangeError(`rotatePairs: x must have an even length, got ${x.length}`);
	}
	checkFinite('rotatePairs', 'x', x);
	checkFinite('rotatePairs', 'position', [position]);
	const turned = new Array<number>(x.length);
	for (let i = 0; i < x.length; i += 2) {
		const angle = position * theta ** (-i / x.length);
		const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
		turned[i] = x[i] * cos - x[i + 1] * sin;
		turned[i + 1] = x[i] * sin + x[i + 1] * cos;
	}
	return turned;
}
