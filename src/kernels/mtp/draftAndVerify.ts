import { checkFinite } from '../rl/checkFinite';

export interface Verified {
	/** Σ min(p, q): the chance that the drafted token is accepted. */
	acceptance: number;
	/** Where a draft is refused, the token is drawn from this; all 0 where none ever is. */
	residual: number[];
	/** The distribution of the token that comes out: the model's own. */
	output: number[];
	/** Tokens a pass of the large model yields on average. */
	tokensPerPass: number;
}

/**
 * A token drafted cheaply from q and verified by the model's own probabilities p:
 *
 *     accept x ~ q with probability min(1, p(x)/q(x)), else draw from (p − q)⁺, normalised
 *     acceptance α = Σ min(p, q)      tokens a pass with D drafts: 1 + α + … + α^D
 *
 * Leviathan et al., arXiv 2211.17192; DeepSeek-V3 drafts with its module for multi-token prediction
 * (arXiv 2412.19437). The output is distributed as p whatever q is: a bad draft costs time, not quality.
 * The sum over D takes every draft as accepted with the same α, whatever came before.
 *
 * Cost: O(tokens). Throws RangeError for distributions of different lengths or that do not sum to 1
 * (±1e−9), a negative probability, and a depth that is not a whole number from 0 up.
 * Worked value: p = (0.5, 0.5), q = (0.9, 0.1): α = 0.6, residual (0, 1), 1.6 tokens a pass at D = 1.
 */
export function draftAndVerify(p: readonly number[], q: readonly number[], depth = 1): Verified {
	if (p.length !== q.length) {
		throw new RangeError(`draftAndVerify: q must have ${p.length} numbers, got ${q.length}`);
	}
	for (const [name, xs] of [
		['p', p],
		['q', q]
	] as const) {
		checkFinite('draftAndVerify', name, xs);
		const sum = xs.reduce((a, b) => a + b, 0);
		if (xs.some((x) => x < 0) || Math.abs(sum - 1) > 1e-9) {
			throw new RangeError(`draftAndVerify: ${name} must be probabilities of sum 1, got ${sum}`);
		}
	}
	if (!(Number.isInteger(depth) && depth >= 0)) {
		throw new RangeError(`draftAndVerify: depth must be a whole number from 0 up, got ${depth}`);
	}
	const kept = p.map((x, i) => Math.min(x, q[i]));
	const acceptance = kept.reduce((a, b) => a + b, 0);
	const rest = p.map((x, i) => x - kept[i]);
	const left = rest.reduce((a, b) => a + b, 0);
	const residual = rest.map((x) => (left > 0 ? x / left : 0));
	const output = kept.map((x, i) => x + (1 - acceptance) * residual[i]);
	let tokensPerPass = 0;
	for (let k = 0; k <= depth; k++) tokensPerPass += acceptance ** k;
	return { acceptance, residual, output, tokensPerPass };
}
