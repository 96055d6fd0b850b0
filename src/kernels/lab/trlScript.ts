import { createStream } from '../core/stream';
import { drawProblem } from '../tasks/drawProblem';
import type { Algorithm } from './algorithms';
import type { LabConfig } from './labConfig';
import { labTasks } from './labTasks';
import { pythonRewards } from './pythonRewards';
import { trlPpo } from './trlPpo';

interface TrlTrainer {
	module: string;
	trainer: string;
	config: string;
	/** False for SFT, which learns from demonstrations. */
	rewarded: boolean;
	/** What the trainer itself takes, as Python. */
	passes(run: LabConfig): Record<string, string>;
	/** What that needs. */
	imports?: string;
	prepare?: string;
	/** Arguments of the config, beside those that all share. */
	args(run: LabConfig, maxCompletionLength: number): Record<string, Value>;
	/** What the trainer does otherwise than the Lab. */
	notes: readonly string[];
}

const byName = (): Record<string, string> => ({
	model: 'MODEL',
	reward_funcs: '[reward]',
	args: 'args',
	train_dataset: 'Dataset.from_list(problems)'
});

const sampled = (run: LabConfig, maxCompletionLength: number) => ({
	per_device_train_batch_size: run.promptsPerStep * run.numGenerations,
	num_generations: run.numGenerations,
	max_completion_length: maxCompletionLength,
	temperature: run.temperature,
	num_iterations: run.numIterations,
	max_steps: run.maxSteps * run.numIterations
});

const grpo = (lossType: string, more: Record<string, string> = {}): TrlTrainer => ({
	module: 'trl',
	trainer: 'GRPOTrainer',
	config: 'GRPOConfig',
	rewarded: true,
	passes: byName,
	args: (run, maxCompletionLength) => ({
		...sampled(run, maxCompletionLength),
		beta: lossType === 'dapo' ? 0 : run.beta,
		epsilon: run.epsilon,
		epsilon_high: run.epsilonHigh,
		scale_rewards: run.scaleRewards,
		loss_type: lossType,
		...more
	}),
	notes: []
});

const rloo = (notes: readonly string[]): TrlTrainer => ({
	module: 'trl',
	trainer: 'RLOOTrainer',
	config: 'RLOOConfig',
	rewarded: true,
	passes: byName,
	args: (run, maxCompletionLength) => ({
		...sampled(run, maxCompletionLength),
		beta: run.beta,
		epsilon: run.epsilon,
		epsilon_high: run.epsilonHigh
	}),
	notes
});

const sft = (notes: readonly string[]): TrlTrainer => ({
	module: 'trl',
	trainer: 'SFTTrainer',
	config: 'SFTConfig',
	rewarded: false,
	passes() {
		const { model, args, train_dataset } = byName();
		return { model, args, train_dataset };
	},
	args: (run) => ({
		per_device_train_batch_size: run.sftBatchSize,
		completion_only_loss: true,
		max_steps: run.maxSteps
	}),
	notes
});

const trainers: Readonly<Record<Algorithm, TrlTrainer>> = {
	sft: sft([]),
	rejection: sft([
		'TRL has no trainer for rejection sampling: sample, keep the best completions, then fine-tune on them as below.'
	]),
	reinforce: rloo([
		'TRL has no REINFORCE without a baseline; RLOO is its nearest, with the mean of the others as baseline.'
	]),
	rloo: rloo([]),
	grpo: grpo('grpo'),
	dr_grpo: grpo('dr_grpo'),
	dapo: {
		...grpo('dapo'),
		notes: ['TRL does not draw groups again whose rewards agree (dynamic sampling).']
	},
	gspo: grpo('grpo', { importance_sampling_level: 'sequence' }),
	reinforce_plus_plus: {
		...grpo('bnpo'),
		args: (run, maxCompletionLength) => ({
			...grpo('bnpo').args(run, maxCompletionLength),
			scale_rewards: 'batch'
		}),
		notes: [
			'TRL has no REINFORCE++; nearest is GRPO with batch scaling, which still takes each group’s mean away.'
		]
	},
	ppo: {
		module: 'trl.experimental.ppo',
		trainer: 'PPOTrainer',
		config: 'PPOConfig',
		rewarded: true,
		...trlPpo,
		args: (run, maxCompletionLength) => ({
			per_device_train_batch_size: run.promptsPerStep * run.numGenerations,
			response_length: maxCompletionLength,
			temperature: run.temperature,
			num_ppo_epochs: run.numIterations,
			num_mini_batches: 1,
			total_episodes: run.maxSteps * run.promptsPerStep * run.numGenerations,
			kl_coef: run.beta,
			cliprange: run.epsilon,
			vf_coef: run.vfCoef,
			cliprange_value: run.cliprangeValue,
			gamma: run.gamma,
			lam: run.lam,
			stop_token: 'eos',
			num_sample_generations: 0
		}),
		notes: ['The critic is a model of its own; in the Lab it is a head on the policy.']
	},
	dpo: {
		module: 'trl.experimental.online_dpo',
		trainer: 'OnlineDPOTrainer',
		config: 'OnlineDPOConfig',
		rewarded: true,
		imports: 'from transformers import AutoTokenizer',
		passes: () => ({
			...byName(),
			processing_class: 'AutoTokenizer.from_pretrained(MODEL, padding_side="left")'
		}),
		args: (run, maxCompletionLength) => ({
			per_device_train_batch_size: run.promptsPerStep,
			max_new_tokens: maxCompletionLength,
			temperature: run.temperature,
			beta: run.beta,
			loss_type: 'sigmoid',
			max_steps: run.maxSteps
		}),
		notes: [
			'OnlineDPOTrainer compares two completions a prompt; the Lab the best and worst of a group.'
		]
	}
};

/** Problems that the script carries along: at least as many as a step asks. */
const PROBLEMS = 128;

type Value = number | string | boolean;

function python(value: Value): string {
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return JSON.stringify(value);
}

/**
 * A run as Python for TRL 1.10 (commit f2cd5771): data of the task, its reward as a function, the
 * trainer's config with the run's values under TRL's names. What TRL does otherwise stands in comments.
 *
 * The model is a placeholder: weights of some thousand parameters over an alphabet of their own would
 * be of no use there, and a real one needs other learning rates.
 *
 * Cost: 128 problems are drawn.
 */
export function trlScript(run: LabConfig): string {
	const task = labTasks[run.task].create(run.checker);
	const { module, trainer, config, rewarded, imports, prepare, passes, args, notes } =
		trainers[run.algorithm];
	const stream = createStream(run.seed).split('trl');
	const rows = Array.from({ length: PROBLEMS }, (_, i) => {
		const problem = drawProblem(task, run.difficulty, 'train', stream.split(i));
		return rewarded ? problem : { prompt: problem.prompt, completion: task.demonstration(problem) };
	});
	const settings = {
		output_dir: `rollout-${run.task}-${run.algorithm}`,
		seed: run.seed,
		learning_rate: run.learningRate,
		lr_scheduler_type: 'constant',
		weight_decay: run.weightDecay,
		max_grad_norm: run.maxGradNorm,
		...args(run, task.maxCompletionLength)
	};
	const comments = [
		`${task.title}: ${task.description}`,
		'The learning rate is that of a model of some thousand parameters: for a real one start near 1e-6.',
		...(task.respond
			? ['The tool’s turn is not part of this script: give the trainer `tools`, see TRL’s docs.']
			: []),
		...notes
	];
	const named = (values: Record<string, Value>, write: (value: Value) => string = String) =>
		Object.entries(values).map(([name, value]) => `    ${name}=${write(value)},`);
	return [
		...comments.map((line) => `# ${line}`),
		'import json',
		'',
		'from datasets import Dataset',
		`from ${module} import ${config}, ${trainer}`,
		...(imports ? [imports] : []),
		'',
		'MODEL = "Qwen/Qwen2.5-0.5B-Instruct"',
		'',
		...(rewarded ? [pythonRewards[run.task][run.checker].trim(), ''] : []),
		"problems = [json.loads(line) for line in r'''",
		...rows.map((row) => JSON.stringify(row)),
		"'''.strip().splitlines()]",
		'',
		...(prepare ? [prepare, '', ''] : []),
		`args = ${config}(`,
		...named(settings, python),
		')',
		`trainer = ${trainer}(`,
		...named(passes(run)),
		')',
		'trainer.train()',
		''
	].join('\n');
}
