import { adamStep, createAdam } from '../core/adam';
import { mean } from '../core/mean';
import type { Stream } from '../core/stream';
import { gae } from '../rl/gae';
import { groupAdvantages } from '../rl/groupAdvantages';
import { klK1 } from '../rl/klEstimators';
import { policyLoss } from '../rl/policyLoss';
import { whiten } from '../rl/whiten';
import { rollOut, type Retriever, type RollOut } from './rollOut';
import {
	addLogGradient,
	createSearchPolicy,
	PARAMETERS,
	STATES,
	tokenLogProb,
	tokenProbabilities,
	V
} from './searchPolicy';
import { KINDS, QUESTIONS } from './world';

export interface TrainSearchOptions {
	algorithm: 'ppo' | 'grpo';
	/** False: retrieved tokens count in the actor's loss and KL like the model's own. */
	stateMasking: boolean;
	retriever: Retriever;
	topK: number;
	maxTurns: number;
	maxTurnTokens: number;
	/** Rollouts of a batch: one a question in PPO, n a question in GRPO. */
	batch: number;
	n: number;
	miniBatches: number;
	learningRate: number;
	criticRate: number;
	/** KL coefficient: in PPO on k1 in the reward, in GRPO on k3 in the loss. */
	beta: number;
	epsilon: number;
	gamma: number;
	lam: number;
	updates: number;
	/** Updates that make one point of the history. */
	every: number;
}

export const TRAIN_SEARCH_DEFAULTS: TrainSearchOptions = {
	algorithm: 'ppo',
	stateMasking: true,
	retriever: 'bm25',
	topK: 1,
	maxTurns: 2,
	maxTurnTokens: 8,
	batch: 60,
	n: 5,
	miniBatches: 2,
	learningRate: 0.07,
	criticRate: 0.3,
	beta: 0.001,
	epsilon: 0.2,
	gamma: 1,
	lam: 1,
	updates: 200,
	every: 5
};

/** Means over the rollouts of some updates, under the policies that made them. */
export interface SearchPoint {
	/** Updates before the last of them. */
	update: number;
	/** Share of right answers: of all questions, of those of one step, of those of two. */
	em: number;
	emOne: number;
	emTwo: number;
	/** Searches a question. */
	searches: number;
	/** Mean log π of the tokens that the environment wrote; NaN without any. */
	givenLogProb: number;
}

function summarise(
	rollouts: readonly RollOut[],
	kinds: readonly number[],
	update: number
): SearchPoint {
	const meanOf = (some: readonly number[]) => (some.length > 0 ? mean(some) : NaN);
	const em = (wanted: (kind: number) => boolean) =>
		meanOf(rollouts.filter((_, i) => wanted(kinds[i])).map(({ reward }) => reward));
	return {
		update,
		em: em(() => true),
		emOne: em((kind) => kind < KINDS / 2),
		emTwo: em((kind) => kind >= KINDS / 2),
		searches: meanOf(rollouts.map(({ searches }) => searches)),
		givenLogProb: meanOf(
			rollouts.flatMap(({ logProbs, mask }) => logProbs.filter((_, t) => !mask[t]))
		)
	};
}

/** A critic by table: one value for each state and number of fresh names. */
const FRESH = 4;

/**
 * Search-R1's training on the log-linear policy, point by point of its history. Each update:
 *
 *     1  roll out a batch (`rollOut`)
 *     2  PPO: reward − β·k1 a token, GAE over all tokens, whitened over all tokens, critic V by table
 *        GRPO: A_i = (r_i − mean)/std of its group (n − 1), the same for all tokens of a rollout
 *     3  for each of the mini-batches: a step of Adam on −1/ΣI · Σ I min(ρA, clip(ρ)A) (+ β·k3 in GRPO)
 *
 * I is the mask of the policy's own tokens if stateMasking, else 1 everywhere. As in the authors' code the
 * mask is the actor's only: GAE, whitening and the critic's loss take retrieved tokens in either case. Left
 * out: the entropy bonus of 0.001 and the clip of the critic's loss.
 *
 * Paper: arXiv 2503.09516; code core_algos.py and ray_trainer.py at a14dc3a4.
 * Cost: O(updates · batch · tokens · vocabulary). Throws RangeError unless the batch is whole groups and whole
 * mini-batches.
 */
export function* trainSearch(
	given: Partial<TrainSearchOptions>,
	stream: Stream
): Generator<SearchPoint, Float64Array> {
	const options = { ...TRAIN_SEARCH_DEFAULTS, ...given };
	const { algorithm, batch, n, miniBatches, updates, every } = options;
	if (batch % n !== 0 || batch % miniBatches !== 0) {
		throw new RangeError(
			`trainSearch: batch must be a multiple of n = ${n} and miniBatches = ${miniBatches}, got ${batch}`
		);
	}
	const theta = createSearchPolicy();
	const reference = theta.slice();
	const values = new Float64Array(STATES * FRESH);
	const adam = createAdam(PARAMETERS);
	const scratch = new Float64Array(V);
	let rollouts: RollOut[] = [];
	let kinds: number[] = [];
	for (let update = 0; update < updates; update++) {
		const draw = stream.split(`batch ${update}`);
		const perQuestion = algorithm === 'grpo' ? n : 1;
		const own: RollOut[] = [];
		for (let q = 0; q < batch / perQuestion; q++) {
			const question = QUESTIONS[draw.int(QUESTIONS.length)];
			for (let i = 0; i < perQuestion; i++) {
				own.push(rollOut(theta, question, options, draw, scratch));
				kinds.push(question.kind);
			}
		}
		rollouts.push(...own);
		const kept = own.map(({ mask }) => (options.stateMasking ? mask : mask.map(() => 1)));
		const refLogProbs = own.map(({ tokens, contexts, logProbs }, i) =>
			tokens.map((token, t) => {
				if (kept[i][t] === 0) return logProbs[t];
				return tokenLogProb(reference, contexts[t], token, scratch);
			})
		);
		const advantages =
			algorithm === 'grpo'
				? groupBased(own, options)
				: criticBased(own, kept, refLogProbs, values, options);
		const order = own.map((_, i) => i);
		for (let m = 0; m < miniBatches; m++) {
			const chosen = order.filter((i) => i % miniBatches === m);
			step(theta, chosen, own, kept, refLogProbs, advantages, adam, scratch, options);
		}
		if ((update + 1) % every === 0 || update === updates - 1) {
			yield summarise(rollouts, kinds, update);
			rollouts = [];
			kinds = [];
		}
	}
	return theta;
}

function groupBased(own: readonly RollOut[], { n }: TrainSearchOptions): number[][] {
	const { advantages } = groupAdvantages(
		own.map(({ reward }) => reward),
		{ numGenerations: n, library: 'verl' }
	);
	return own.map(({ tokens }, i) => tokens.map(() => advantages[i]));
}

function criticBased(
	own: readonly RollOut[],
	kept: readonly (readonly number[])[],
	refLogProbs: readonly (readonly number[])[],
	values: Float64Array,
	{ beta, gamma, lam, criticRate }: TrainSearchOptions
): number[][] {
	const cell = (rollout: RollOut, t: number) =>
		rollout.contexts[t].state * FRESH + rollout.fresh[t];
	const rewards = own.map(({ tokens, logProbs, reward }, i) =>
		tokens.map((_, t) => {
			const kl = kept[i][t] * klK1(logProbs[t], refLogProbs[i][t]);
			return (t === tokens.length - 1 ? reward : 0) - beta * kl;
		})
	);
	const predicted = own.map((rollout) => rollout.tokens.map((_, t) => values[cell(rollout, t)]));
	const all = own.map(({ tokens }) => tokens.map(() => 1));
	const { advantages, returns } = gae(rewards, predicted, all, {
		gamma,
		lam,
		library: 'searchR1'
	});
	const sums = new Float64Array(values.length);
	const counts = new Float64Array(values.length);
	own.forEach((rollout, i) =>
		returns[i].forEach((target, t) => {
			sums[cell(rollout, t)] += target;
			counts[cell(rollout, t)]++;
		})
	);
	counts.forEach((count, c) => {
		if (count > 0) values[c] += criticRate * (sums[c] / count - values[c]);
	});
	return whiten(advantages, all, { library: 'searchR1' }).whitened;
}

function step(
	theta: Float64Array,
	chosen: readonly number[],
	own: readonly RollOut[],
	kept: readonly (readonly number[])[],
	refLogProbs: readonly (readonly number[])[],
	advantages: readonly (readonly number[])[],
	adam: ReturnType<typeof createAdam>,
	scratch: Float64Array,
	{ algorithm, beta, epsilon, learningRate }: TrainSearchOptions
): void {
	const batch = chosen.length;
	const length = Math.max(...chosen.map((i) => own[i].tokens.length));
	const table = () => new Float64Array(batch * length);
	const rows = {
		logProbs: table(),
		oldLogProbs: table(),
		refLogProbs: table(),
		advantages: table(),
		mask: table()
	};
	chosen.forEach((i, row) =>
		own[i].tokens.forEach((token, t) => {
			const at = row * length + t;
			if (kept[i][t] === 0) return;
			rows.logProbs[at] = tokenLogProb(theta, own[i].contexts[t], token, scratch);
			rows.oldLogProbs[at] = own[i].logProbs[t];
			rows.refLogProbs[at] = refLogProbs[i][t];
			rows.advantages[at] = advantages[i][t];
			rows.mask[at] = 1;
		})
	);
	const { gradients } = policyLoss(
		{ batch, length, ...rows },
		{ aggregation: 'bnpo', epsilon, beta: algorithm === 'grpo' ? beta : 0 }
	);
	const gradient = new Float64Array(PARAMETERS);
	chosen.forEach((i, row) =>
		own[i].tokens.forEach((token, t) => {
			const scale = gradients[row * length + t];
			if (scale === 0) return;
			tokenProbabilities(theta, own[i].contexts[t], scratch);
			addLogGradient(gradient, own[i].contexts[t], scratch, token, scale);
		})
	);
	adamStep(adam, theta, gradient, learningRate);
}
