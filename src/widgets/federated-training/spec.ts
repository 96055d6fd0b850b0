import { print } from '$kernels/describe/print';
import { compareTraining, type TrainingComparison } from '$kernels/gpo/compareTraining';
import { defaultSurvey, syntheticOpinions } from '$kernels/gpo/syntheticOpinions';
import { defaultFederatedConfig } from '$kernels/gpo/trainingConfig';
import { defineWidget } from '$widgets/contract';

const trained = {
	test: 'tests/kernels/gpo/training.test.ts',
	against: 'central training with one client and one step, and gradients by finite differences',
	tolerance: '1e-5 relative for gradients'
};
const scores = {
	test: 'tests/kernels/federated/alignmentScore.test.ts',
	against: 'SciPy’s jensenshannon',
	tolerance: '1e-9'
};

export const spec = defineWidget({
	name: 'federated-training',
	version: 1,
	title: 'Is federated training faster, and counted in what?',
	paper: '10-pluralllm',
	params: {
		rounds: { type: 'stepper', label: 'Rounds', min: 2, max: 60, step: 2, default: 20 },
		localSteps: {
			type: 'stepper',
			label: 'Local steps a round',
			symbol: 'E',
			help: 'Gradient steps each client takes between two averages. The official code takes 6.',
			min: 1,
			max: 24,
			step: 1,
			default: 6
		},
		clientFraction: {
			type: 'range',
			label: 'Share of clients in a round',
			help: 'Of the eight groups, drawn anew each round. The official code takes all.',
			min: 0.125,
			max: 1,
			step: 0.125,
			default: 1
		},
		heterogeneity: {
			type: 'range',
			label: 'How far the groups differ',
			help: '0: all groups think alike. The spread of their culture vectors.',
			min: 0,
			max: 1.5,
			step: 0.1,
			default: 0.5
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			scale: 'log',
			min: 0.0003,
			max: 0.03,
			step: 0.0001,
			default: 0.005,
			more: true
		},
		weighting: {
			type: 'choice',
			label: 'Weight of a client',
			symbol: 'n_k',
			help: 'The official code takes the rows of one random batch; its size changes from round to round.',
			options: {
				batch: 'rows of one batch (official)',
				answers: 'all its answers',
				equal: 'all equal'
			},
			default: 'batch',
			more: true
		},
		momentsPersist: {
			type: 'switch',
			label: 'Adam’s moments outlive the round (official)',
			help: 'The weights are replaced each round, the moments are not.',
			default: true,
			more: true
		},
		dominance: {
			type: 'range',
			label: 'People asked in group 1, times the others’',
			help: 'Counts where clients weigh by all their answers.',
			min: 1,
			max: 20,
			step: 1,
			default: 1,
			more: true
		}
	},
	presets: {
		official: {
			label: 'As in the paper’s code',
			reason: 'Eight clients, six local steps: ahead by round, not by gradient step.',
			values: {}
		},
		everyStep: {
			label: 'Average after every step',
			reason: 'With one local step the head start by round is gone.',
			values: { localSteps: 1, rounds: 40 }
		},
		few: {
			label: 'Two clients a round',
			reason: 'Fewer bytes a round, and a path that jumps with who was drawn.',
			values: { clientFraction: 0.25 }
		},
		apart: {
			label: 'Groups far apart, long rounds',
			reason: 'Each client runs its own way for 24 steps before the average.',
			values: { heterogeneity: 1.5, localSteps: 24, rounds: 10 },
			limit: true
		},
		dominated: {
			label: 'One group outweighs all',
			reason:
				'Weighted by answers, one client with twenty times as many makes the average its own.',
			values: { weighting: 'answers', dominance: 20 },
			limit: true
		}
	},
	quantities: {
		federated: {
			label: 'Federated, unseen groups',
			kind: 'trained here',
			role: 'a',
			evidence: trained
		},
		central: {
			label: 'Central, unseen groups',
			kind: 'trained here',
			role: 'b',
			evidence: trained
		},
		federatedScore: { label: 'Federated at the end', kind: 'trained here', evidence: trained },
		centralScore: { label: 'Central at the end', kind: 'trained here', evidence: trained },
		uniform: { label: 'Knowing nothing', kind: 'sampled', evidence: scores },
		worst: { label: 'Worst group, federated', kind: 'trained here', evidence: scores },
		fairness: {
			label: 'Fairness, unseen groups',
			kind: 'trained here',
			digits: 4,
			evidence: scores
		},
		megabytes: {
			label: 'Sent, both ways',
			kind: 'exact',
			unit: 'MB',
			digits: 2,
			evidence: {
				test: 'tests/kernels/federated/communicationCost.test.ts',
				against: 'closed form',
				tolerance: 'exact'
			}
		}
	},
	random: true,
	long: true,
	*run(
		{
			rounds,
			localSteps,
			clientFraction,
			heterogeneity,
			learningRate,
			weighting,
			momentsPersist,
			dominance
		},
		stream,
		{ signal, onProgress }
	) {
		const survey = syntheticOpinions(
			{ ...defaultSurvey, heterogeneity, dominance },
			stream.split('survey')
		);
		const config = {
			...defaultFederatedConfig,
			rounds,
			localSteps,
			clientFraction,
			learningRate,
			weighting,
			momentsPersist
		};
		const options = {
			signal,
			onProgress: (done: number, total: number) => onProgress?.(done / total)
		};
		for (const comparison of compareTraining(survey, config, stream.split('training'), options)) {
			yield toResult(comparison, rounds);
		}
	},
	describe({ uniform, average, series: { federated, central } }) {
		const [ours, theirs] = [federated.y.at(-1)!, central.y.at(-1)!];
		const round = Math.min(8, federated.x.length - 1);
		const sameRound = central.y[central.x.indexOf(round)];
		const sentences = [
			`On groups never trained on, the score ends at ${print(ours)} federated and ${print(theirs)} central; knowing nothing scores ${print(uniform)}.`
		];
		if (sameRound !== undefined && round > 0) {
			const ahead = federated.y[round] - sameRound;
			sentences.push(
				`After ${round} rounds federated is ${print(Math.abs(ahead))} ${ahead >= 0 ? 'ahead' : 'behind'}, having made more gradient steps.`
			);
		}
		if (ours < average) {
			sentences.push(
				`Predicting the average opinion of the training groups would score ${print(average)}.`
			);
		}
		return sentences;
	},
	table: ({ steps, bytes, series: { federated, central } }) => ({
		columns: [
			{ label: 'round', digits: 0 },
			{ label: 'gradient steps', digits: 0 },
			{ label: 'sent', unit: 'MB', digits: 3 },
			{ label: 'federated score', digits: 4 },
			{ label: 'central score after as many steps', digits: 4 }
		],
		rows: federated.x.map((round, i) => [
			round,
			steps.federated[i],
			bytes.federated[i] / 1e6,
			federated.y[i],
			central.y[central.x.indexOf(steps.federated[i])]
		])
	}),
	numbers: ({ uniform, worst, fairness, bytes, series: { federated, central } }) => ({
		federatedScore: federated.y.at(-1)!,
		centralScore: central.y.at(-1)!,
		uniform,
		worst,
		fairness,
		megabytes: bytes.federated.at(-1)! / 1e6
	}),
	questions: {
		perStep: {
			type: 'choice',
			ask: 'Counted in rounds, federated training with six local steps learns faster than central training with one step a round. Counted in gradient steps, does it still?',
			options: [
				{
					text: 'Yes, clearly',
					feedback:
						'A federated round holds six gradient steps of each client, a central one a single step.'
				},
				{ text: 'No', feedback: 'Compare both after the same number of gradient steps.' }
			],
			answer: (at) => (leads(at).bySteps > leads(at).byRounds / 2 ? 0 : 1),
			explain(at) {
				const { byRounds, bySteps } = leads(at);
				return `Averaged over eight rounds and three seeds, federated leads by ${print(byRounds)} at equal rounds and by ${print(bySteps)} at equal gradient steps.`;
			}
		}
	},
	standIns: [
		'The groups’ opinions are synthetic: culture vectors and noise in place of the Pew and World Values surveys.',
		'Option embeddings have 8 numbers in place of 4,096 from Alpaca-7B, and the transformer 2 layers in place of 6.'
	],
	source: [
		'kernels/gpo/trainFederated.ts',
		'kernels/gpo/trainCentral.ts',
		'kernels/federated/fedAvg.ts',
		'kernels/gpo/gpoForward.ts',
		'kernels/gpo/gpoBackward.ts',
		'kernels/gpo/syntheticOpinions.ts',
		'kernels/gpo/evaluateAlignment.ts'
	]
});

function toResult(
	{ federated, central, uniform, average, pooledDataBytes }: TrainingComparison,
	rounds: number
) {
	return {
		rounds,
		steps: { federated: federated.step, central: central.step },
		bytes: { federated: federated.bytes, central: central.bytes, pooled: pooledDataBytes },
		uniform: uniform.unseen,
		average: average.unseen,
		worst: federated.worst.at(-1)!,
		fairness: federated.fairnessUnseen.at(-1)!,
		series: {
			federated: { x: federated.round, y: federated.unseen },
			central: { x: central.step, y: central.unseen }
		}
	};
}

interface Scored {
	steps: { federated: readonly number[] };
	series: Record<'federated' | 'central', { x: readonly number[]; y: readonly number[] }>;
}

/** Mean lead of federated over central in the first eight rounds, at equal rounds and at equal steps. */
function leads(at: (changed?: object, seed?: number) => Scored): {
	byRounds: number;
	bySteps: number;
} {
	let [byRounds, bySteps] = [0, 0];
	for (const seed of [1, 2, 3]) {
		const { steps, series } = at({}, seed);
		for (let round = 1; round <= 8; round++) {
			const centralAt = (step: number) => series.central.y[series.central.x.indexOf(step)];
			byRounds += (series.federated.y[round] - centralAt(round)) / 24;
			bySteps += (series.federated.y[round] - centralAt(steps.federated[round])) / 24;
		}
	}
	return { byRounds, bySteps };
}
