import { quantile } from '$kernels/core/quantile';
import { print } from '$kernels/describe/print';
import { klRegularisedOptimum } from '$kernels/preference/klRegularisedOptimum';
import { exactKl } from '$kernels/rl/exactKl';
import { anchoredTraining } from '$kernels/trust-region/anchoredTraining';
import { forwardKlOptimum } from '$kernels/trust-region/forwardKlOptimum';
import { defineWidget } from '$widgets/contract';

/** Six answers; the first two are right and the reference gives them 0.2. */
const REFERENCE = [0.12, 0.08, 0.4, 0.25, 0.1, 0.05];
const REWARDS = [1, 1, 0, 0, 0, 0];
const STEPS = 300;
/** Every third step is drawn. */
const EVERY = 3;

const training = {
	test: 'tests/kernels/trust-region/anchoredTraining.test.ts',
	against: 'the exact mean step, and the points of rest over 20 seeds',
	tolerance: '4.5 standard errors; 0.005 at rest'
};
const rest = {
	test: 'tests/kernels/trust-region/forwardKlOptimum.test.ts',
	against: 'push and pull cancelling, and every other policy',
	tolerance: '1e-9 absolute'
};
const optimum = {
	test: 'tests/kernels/grpo-dynamics/exactMaximiser.test.ts',
	against: 'closed forms and a brute-force maximisation',
	tolerance: '1e-9 relative'
};

export const spec = defineWidget({
	name: 'kl-anchor',
	version: 1,
	title: 'What does a KL penalty aim at?',
	paper: 'trust-regions',
	params: {
		place: {
			type: 'choice',
			label: 'The penalty stands',
			library: { verl: 'use_kl_in_reward, use_kl_loss' },
			options: { reward: 'in the reward', loss: 'in the loss' },
			default: 'loss'
		},
		estimator: {
			type: 'choice',
			label: 'Estimate of the KL',
			library: { verl: 'kl_penalty, kl_loss_type' },
			options: { k1: 'k1', k2: 'k2', k3: 'k3' },
			default: 'k3'
		},
		beta: {
			type: 'range',
			label: 'Weight of the penalty',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_coef, kl_loss_coef' },
			scale: 'log',
			min: 0.01,
			max: 2,
			step: 0.01,
			default: 0.25
		},
		numGenerations: {
			type: 'range',
			label: 'Answers a step',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 64,
			step: 1,
			whole: true,
			default: 32
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			scale: 'log',
			min: 0.1,
			max: 2,
			step: 0.1,
			default: 1,
			more: true
		}
	},
	presets: {
		grpo: {
			label: 'k3 in the loss (GRPO)',
			reason: 'It comes to rest, but not where reward less β KL(π‖π_ref) is largest.',
			values: {}
		},
		ppo: {
			label: 'k1 in the reward (PPO, RLOO)',
			reason: 'It goes to the optimum, and there even the noise dies out.',
			values: { place: 'reward', estimator: 'k1' }
		},
		squared: {
			label: 'k2 in the loss',
			reason: 'The same aim as k1 in the reward, with noise that stays.',
			values: { estimator: 'k2' }
		},
		silent: {
			label: 'k1 in the loss',
			reason: 'The gradient of k1 is 0 in the mean: no anchor at all.',
			values: { estimator: 'k1' },
			limit: true
		},
		runaway: {
			label: 'k3 in the reward',
			reason: 'An answer that is too rare already is punished for it: entropy goes to 0.',
			values: { place: 'reward' },
			limit: true
		}
	},
	quantities: {
		success: { label: 'Success rate', kind: 'trained here', role: 'policy', evidence: training },
		kl: { label: 'KL to the reference', kind: 'trained here', role: 'kl', evidence: training },
		entropy: { label: 'Entropy', kind: 'trained here', role: 'neutral', evidence: training },
		rate: { label: 'Success rate at the end', kind: 'trained here', evidence: training },
		distance: { label: 'KL at the end', kind: 'trained here', unit: 'nats', evidence: training },
		spread: { label: 'Entropy at the end', kind: 'trained here', unit: 'nats', evidence: training },
		optimum: { label: 'Success rate of the optimum', kind: 'exact', evidence: optimum },
		resting: { label: 'Success rate where k3 in the loss rests', kind: 'exact', evidence: rest }
	},
	random: true,
	run({ place, estimator, beta, numGenerations, learningRate }, stream) {
		const policies = anchoredTraining(stream, {
			refProbabilities: REFERENCE,
			rewards: REWARDS,
			place,
			estimator,
			beta,
			numGenerations,
			learningRate,
			steps: STEPS
		}).filter((_, step) => step % EVERY === 0);
		const x = policies.map((_, i) => EVERY * i);
		const best = klRegularisedOptimum(REFERENCE.map(Math.log), REWARDS, beta);
		return {
			optimum: { success: best.expectedReward, kl: best.kl },
			resting: forwardKlOptimum(REFERENCE, REWARDS, beta).expectedReward,
			last: [...policies.at(-1)!],
			series: {
				success: { x, y: policies.map(([a, b]) => a + b) },
				kl: { x, y: policies.map((policy) => exactKl(policy, REFERENCE)) },
				entropy: { x, y: policies.map(entropyOf) }
			}
		};
	},
	describe({ optimum: best, last, series: { success, kl, entropy } }) {
		const rate = success.y.at(-1)!;
		const far = rate - best.success;
		const sentences = [
			`Training ends at a success rate of ${print(rate)}, ${print(kl.y.at(-1)!)} nats from the reference; reward less β KL is largest at ${print(best.success)} and ${print(best.kl)} nats${Math.abs(far) < 0.01 ? ', which is the same' : ''}.`
		];
		const left = entropy.y.at(-1)!;
		if (left < 0.2) {
			sentences.push(
				`Entropy has fallen from ${print(entropy.y[0])} to ${print(left)} nats: one answer takes ${print(100 * Math.max(...last))} % of all, and groups that agree teach nothing more.`
			);
		}
		return sentences;
	},
	table: ({ series: { success, kl, entropy } }) => ({
		columns: [
			{ label: 'step', digits: 0 },
			{ label: 'success rate', digits: 4 },
			{ label: 'KL to the reference', unit: 'nats', digits: 4 },
			{ label: 'entropy', unit: 'nats', digits: 4 }
		],
		rows: success.x.flatMap((step, i) =>
			i % 5 === 0 ? [[step, success.y[i], kl.y[i], entropy.y[i]]] : []
		)
	}),
	numbers: ({ optimum: best, resting, series: { success, kl, entropy } }) => ({
		rate: success.y.at(-1)!,
		distance: kl.y.at(-1)!,
		spread: entropy.y.at(-1)!,
		optimum: best.success,
		resting
	}),
	questions: {
		silent: {
			type: 'choice',
			ask: 'A KL penalty stands in the loss, with β = 0.25. With which estimate does training run as if there were no penalty?',
			options: [
				{ text: 'k1 = log π/π_ref', feedback: 'What is the mean of ∇log π under π?' },
				{
					text: 'k2 = (log π/π_ref)²/2',
					feedback: 'Its gradient is (log π/π_ref) ∇log π, which is that of the KL.'
				},
				{ text: 'k3 = π_ref/π − 1 − log π_ref/π', feedback: 'It holds, if at another place.' }
			],
			answer(at) {
				const ends = (['k1', 'k2', 'k3'] as const).map((estimator) => medianEnd(at, { estimator }));
				return ends.indexOf(Math.min(...ends));
			},
			explain(at) {
				const [k1, k2, k3] = (['k1', 'k2', 'k3'] as const).map((estimator) =>
					medianEnd(at, { estimator })
				);
				return `k1: the median entropy of 20 seeds ends at ${print(k1)} nats, against ${print(k2)} with k2 and ${print(k3)} with k3. The gradient of k1 is ∇log π, and its mean is 0: right as a value, no pull as a loss.`;
			}
		},
		where: {
			type: 'number',
			ask: 'The reference is right with 0.2, β = 0.25. Reward less β KL(π‖π_ref) is largest at a success rate of 0.93. Where does training with k3 in the loss come to rest?',
			min: 0.2,
			max: 1,
			step: 0.01,
			near: 0.03,
			tooLow: 'It is further from the reference than that.',
			tooHigh: 'k3’s gradient is that of the other divergence, which clings to wrong answers.',
			answer: (at) => at().resting,
			explain: (at) =>
				`At ${print(at().resting)}, in theory and in the run. k3 has the right value, but on samples of the policy its gradient is that of KL(π_ref‖π).`
		},
		reward: {
			type: 'choice',
			ask: 'k3 is never negative and has little noise. Put it into the reward in place of k1, with β = 0.25. After 300 steps, in the median of 20 seeds:',
			options: [
				{
					text: 'the same as with k1',
					feedback:
						'They have the same mean. But a reward acts through what it says of each answer.'
				},
				{
					text: 'a little further from the reference',
					feedback: 'Ask what k3 says of an answer that the policy gives too rarely.'
				},
				{ text: 'one answer is left', feedback: 'Look at the entropy.' }
			],
			answer(at) {
				const [k1, k3] = rewardEnds(at);
				return k3 > k1 - 0.05 ? 0 : k3 > 0.1 ? 1 : 2;
			},
			explain(at) {
				const [k1, k3] = rewardEnds(at);
				return `The entropy ends at ${print(k3)} nats, with k1 at ${print(k1)}. k3 punishes distance on both sides: an answer that has become too rare is pushed down further.`;
			}
		}
	},
	standIns: ['A table of six answers to one question stands in for the language model.'],
	source: [
		'kernels/trust-region/anchoredTraining.ts',
		'kernels/trust-region/klPull.ts',
		'kernels/trust-region/forwardKlOptimum.ts',
		'kernels/preference/klRegularisedOptimum.ts',
		'kernels/rl/libraryKl.ts',
		'kernels/rl/libraryKlGradient.ts',
		'kernels/rl/rlooAdvantages.ts'
	]
});

function entropyOf(policy: Float64Array): number {
	return policy.reduce((sum, p) => (p === 0 ? sum : sum - p * Math.log(p)), 0);
}

type EntropyAt = (
	changed: object,
	seed: number
) => { series: { entropy: { y: readonly number[] } } };

/** Median entropy at the end over 20 seeds. */
function medianEnd(at: EntropyAt, changed: object): number {
	const ends = Array.from({ length: 20 }, (_, i) => at(changed, i + 1).series.entropy.y.at(-1)!);
	return quantile(ends, 0.5);
}

function rewardEnds(at: EntropyAt): number[] {
	return ['k1', 'k3'].map((estimator) => medianEnd(at, { place: 'reward', estimator }));
}
