import { softmax } from '../core/softmax';
import type { Model } from '../lm/createModel';
import type { Workspace } from '../lm/createWorkspace';
import { filterLogits, type SamplingSettings } from '../lm/filterLogits';
import { forward } from '../lm/forward';
import { entropyFromLogits } from '../rl/entropyFromLogits';
import { languageTokenizer } from './smallLanguage';

export interface ReadToken {
	id: number;
	/** log π of the token given all before it, in nats. */
	logProb: number;
	/** Entropy of the policy at this place, in nats. */
	entropy: number;
	/** The policy's distribution over the token at this place, [vocabSize]. */
	policy: number[];
	/** What a sampler with the given settings draws from here, [vocabSize]. */
	sampler: number[];
}

/**
 * What a model thinks of texts, token by token, all in one pass:
 *
 *     log π(y | x) = Σ_t log π(y_t | x, y_<t)
 *
 * `policy` is the softmax of the logits; `sampler` that of the logits after temperature and filters, which
 * is another policy wherever they are not at their defaults.
 *
 * Cost: one forward pass over the workspace. Throws RangeError for more texts than the workspace has
 * rows and for a text longer than a row.
 */
export function readTexts(
	model: Model,
	workspace: Workspace,
	texts: readonly (readonly number[])[],
	settings: SamplingSettings
): ReadToken[][] {
	const { batch, length, config } = workspace;
	const longest = Math.max(0, ...texts.map((ids) => ids.length));
	if (texts.length > batch || longest > length) {
		throw new RangeError(
			`readTexts: texts must be at most ${batch} of at most ${length} tokens, got ${texts.length} of up to ${longest}`
		);
	}
	const tokens = new Int32Array(batch * length);
	texts.forEach((ids, row) => {
		tokens.set([languageTokenizer.bosTokenId, ...ids.slice(0, -1)], row * length);
	});
	const logits = forward(model, workspace, tokens);
	return texts.map((ids, row) =>
		ids.map((id, t) => {
			const at = (row * length + t) * config.vocabSize;
			const own = Float64Array.from(logits.subarray(at, at + config.vocabSize));
			const policy = Array.from(softmax(own));
			const entropy = entropyFromLogits(own, config.vocabSize)[0];
			filterLogits(own, settings);
			return {
				id,
				logProb: Math.log(policy[id]),
				entropy,
				policy,
				sampler: Array.from(softmax(own))
			};
		})
	);
}
