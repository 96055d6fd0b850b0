import { print } from '$kernels/describe/print';
import { algorithms } from '$kernels/lab/algorithms';
import { labConfig } from '$kernels/lab/labConfig';
import { startState } from '$kernels/lab/labState';
import type { StepRecord } from '$kernels/lab/stepRecord';
import { trainLab } from '$kernels/lab/trainLab';
import { defineWidget } from '$widgets/contract';

/** A run of a second or two: three digits to sort, a model of some thousand parameters. */
const SMALL = {
	task: 'sorting',
	difficulty: 3,
	sftSteps: 80,
	sftBatchSize: 32,
	maxSteps: 24,
	promptsPerStep: 16,
	evalSteps: 6,
	evalProblems: 32,
	evalGenerations: 2
} as const;

const evidence = {
	test: 'tests/kernels/lab/training.test.ts',
	against:
		'PyTorch for the model, TRL for the loss, and itself: the same run from any of its checkpoints',
	tolerance: '2e-5 for gradients, 1e-12 for the loss, to the last bit for the run'
};

export const spec = defineWidget({
	name: 'lm-training',
	version: 1,
	title: 'Does a language model learn from rewards alone?',
	paper: '02-r1-aqa',
	params: {
		algorithm: {
			type: 'choice',
			label: 'Algorithm',
			options: {
				grpo: algorithms.grpo.label,
				dr_grpo: algorithms.dr_grpo.label,
				rloo: algorithms.rloo.label,
				ppo: algorithms.ppo.label,
				rejection: algorithms.rejection.label,
				sft: algorithms.sft.label
			},
			default: 'grpo'
		},
		numGenerations: {
			type: 'range',
			label: 'Completions a prompt',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 1,
			max: 16,
			step: 1,
			whole: true,
			default: 8
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			scale: 'log',
			min: 0.0001,
			max: 0.03,
			step: 0.0001,
			default: 0.001
		},
		beta: {
			type: 'range',
			label: 'Weight of the KL',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_loss_coef' },
			min: 0,
			max: 1,
			step: 0.01,
			default: 0
		},
		numIterations: {
			type: 'stepper',
			label: 'Inner epochs',
			symbol: 'μ',
			library: { trl: 'num_iterations', verl: 'ppo_epochs' },
			min: 1,
			max: 8,
			step: 1,
			default: 2,
			more: true
		}
	},
	presets: {
		learns: {
			label: 'It learns',
			reason:
				'Two dozen batches of tries, judged right or wrong, and more of the tries are right: on each of the seeds 1 to 20, by 16 points on average.',
			values: {}
		},
		single: {
			label: 'Groups of one',
			reason: 'One try a prompt has nothing to be compared with: no advantage, no step.',
			values: { numGenerations: 1 },
			limit: true
		},
		collapses: {
			label: 'Steps too large',
			reason:
				'At thirty times the learning rate the policy is lost: on each of the seeds 1 to 20 no try is right at the end.',
			values: { learningRate: 0.03, numIterations: 4 },
			limit: true
		},
		held: {
			label: 'Held to the reference',
			reason:
				'With β = 1 it stays nearer to the model that it came from (on 19 of the seeds 1 to 20), and learns less (on 16 of them).',
			values: { beta: 1 }
		}
	},
	quantities: {
		passRate: {
			label: 'Held-out tries that are right',
			kind: 'trained here',
			role: 'policy',
			evidence
		},
		reward: { label: 'Reward in training', kind: 'trained here', role: 'success', evidence },
		kl: {
			label: 'KL to the reference',
			kind: 'sampled',
			role: 'kl',
			unit: 'nats a token',
			evidence
		},
		before: { label: 'Right before RL', kind: 'trained here', digits: 2, evidence },
		after: { label: 'Right after RL', kind: 'trained here', digits: 2, evidence },
		distance: { label: 'KL at the end', kind: 'sampled', unit: 'nats a token', evidence }
	},
	random: true,
	long: true,
	*run(values, stream, { onProgress }) {
		const config = labConfig({ ...SMALL, ...values, seed: stream.int(0x7fffffff) });
		const total = config.sftSteps + config.maxSteps;
		for (const { state } of trainLab(startState(config))) {
			onProgress?.(state.records.length / total);
			if (state.phase !== 'rl' && state.step !== config.sftSteps) continue;
			yield toResult(state.records, config.maxSteps);
		}
	},
	describe({ before, after, distance }) {
		const learnt = after - before;
		const verdict =
			Math.abs(learnt) < 0.05 ? 'About as many as before' : learnt > 0 ? 'More' : 'Fewer';
		return [
			`${verdict}: ${print(before)} of the held-out tries are right before RL and ${print(after)} after it.`,
			...(Number.isNaN(distance)
				? []
				: [`The policy ends ${print(distance)} nats a token from the reference.`])
		];
	},
	table: ({ series: { passRate, reward, kl } }) => ({
		columns: [
			{ label: 'step of RL', digits: 0 },
			{ label: 'reward in training' },
			{ label: 'held-out tries that are right' },
			{ label: 'KL to the reference', unit: 'nats a token' }
		],
		rows: reward.x.map((step, i) => {
			const tested = passRate.x.indexOf(step);
			const cell = (value: number) => (Number.isNaN(value) ? '' : value);
			return [step, cell(reward.y[i]), tested < 0 ? '' : cell(passRate.y[tested]), cell(kl.y[i])];
		})
	}),
	numbers: ({ before, after, distance }) => ({
		before,
		after,
		...(Number.isNaN(distance) ? {} : { distance })
	}),
	questions: {
		groupOfOne: {
			type: 'choice',
			ask: 'GRPO trains with one completion a prompt instead of eight. What becomes of the model?',
			options: [
				{
					text: 'It learns, more slowly',
					feedback: 'Slower would need a signal: what is a single reward compared with?'
				},
				{
					text: 'Its weights do not move at all',
					feedback: 'The advantage of a group of one is 0, and so is every gradient.'
				},
				{ text: 'It gets worse', feedback: 'That would need gradients that point somewhere.' }
			],
			answer(at) {
				const { distance } = at({ numGenerations: 1 });
				return distance < 1e-9 ? 1 : at({ numGenerations: 1 }).after > at().before ? 0 : 2;
			},
			explain: (at) =>
				`After 24 steps the KL to the reference is ${print(at({ numGenerations: 1 }).distance)}: a reward minus the mean of its own group of one is 0, so nothing moves.`
		}
	},
	standIns: [
		'A transformer of 27 thousand parameters over digits stands in for a language model; the sampling, the rewards and the losses are real.'
	],
	source: [
		'kernels/lab/trainLab.ts',
		'kernels/lab/rlStep.ts',
		'kernels/lab/updatePolicy.ts',
		'kernels/lab/estimateAdvantages.ts',
		'kernels/rl/policyLoss.ts',
		'kernels/lm/forward.ts',
		'kernels/lm/backward.ts',
		'kernels/lm/generate.ts'
	]
});

function toResult(records: readonly StepRecord[], maxSteps: number) {
	const rl = records.filter(({ phase }) => phase === 'rl');
	const start = records.findLast(({ phase }) => phase === 'sft');
	const steps = Array.from({ length: maxSteps }, (_, i) => i + 1);
	const tests = steps.filter((step) => step % SMALL.evalSteps === 0);
	const at = (step: number, key: 'reward' | 'kl' | 'passAt1') => rl[step - 1]?.[key] ?? NaN;
	const passes = [start?.passAt1 ?? NaN, ...tests.map((step) => at(step, 'passAt1'))];
	return {
		before: passes[0],
		after: passes.findLast((pass) => !Number.isNaN(pass)) ?? NaN,
		distance: rl.at(-1)?.kl ?? NaN,
		series: {
			passRate: { x: [0, ...tests], y: passes },
			reward: { x: steps, y: steps.map((step) => at(step, 'reward')) },
			kl: { x: steps, y: steps.map((step) => at(step, 'kl')) }
		}
	};
}
