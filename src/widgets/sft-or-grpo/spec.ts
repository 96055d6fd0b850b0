import { choiceQuestions } from '$kernels/audio-qa/choiceQuestions';
import { evaluateChoices } from '$kernels/audio-qa/evaluateChoices';
import { trainChoices, type Trainer } from '$kernels/audio-qa/trainChoices';
import { print } from '$kernels/describe/print';
import { defineWidget } from '$widgets/contract';

const UPDATES = 200;
const BATCH = 16;
const AT = Array.from({ length: 41 }, (_, i) => (i * UPDATES) / 40);
/** The moment that the sentences compare besides the end. */
export const MIDWAY = 40;
const MEANINGLESS = 6;
/** A run that goes as most do. Seed 1 is the one of 40 in which GRPO leads midway on questions as in training. */
const TYPICAL = 2;

/** Weights of the true and the false cue at the start. */
const STARTS = { true: [0.5, 0], none: [0, 0], false: [0, 1.5] } as const;

const evidence = {
	test: 'tests/kernels/audio-qa/trainChoices.test.ts',
	against: 'finite differences, the mean deviation of groups, and the weights of Bayes’ rule',
	tolerance: '1e-8 for SFT’s gradient, 0.005 for GRPO’s mean push'
};
const trained = (label: string, role?: 'a' | 'b') =>
	({ label, kind: 'trained here', role, evidence }) as const;

export const spec = defineWidget({
	name: 'sft-or-grpo',
	version: 1,
	title: 'Does GRPO hold up better than fine-tuning when the questions change?',
	paper: '02-r1-aqa',
	params: {
		measure: {
			type: 'choice',
			label: 'Counted as its answer',
			options: { greedy: 'the most likely option', sampled: 'a sampled option' },
			default: 'greedy'
		},
		keyNoise: {
			type: 'range',
			label: 'Wrong keys in training',
			help: 'Share of training questions whose answer key names a wrong option. Both trainers get the same keys.',
			min: 0,
			max: 0.5,
			step: 0.05,
			default: 0
		},
		shortcut: {
			type: 'range',
			label: 'How often the false cue is right, in training',
			help: 'In the changed questions it is right one time in four, so it says nothing.',
			min: 0.25,
			max: 0.95,
			step: 0.05,
			default: 0.8
		},
		start: {
			type: 'choice',
			label: 'The policy starts with',
			options: {
				true: 'some trust in the true cue',
				none: 'no knowledge',
				false: 'trust in the false cue'
			},
			default: 'true'
		},
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 16,
			step: 1,
			whole: true,
			default: 8,
			more: true
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			help: 'Of the first update, for both; it falls to 0 in equal steps.',
			min: 0.05,
			max: 1,
			step: 0.05,
			default: 0.3,
			more: true
		}
	},
	presets: {
		changed: {
			label: 'A cue that stops working',
			reason: 'Fine-tuning learns faster, and it falls faster. In the end both fall.',
			values: {},
			seed: TYPICAL
		},
		keys: {
			label: 'One key in five is wrong',
			reason: 'GRPO hardly pushes towards what it never says; fine-tuning pushes hardest there.',
			values: { keyNoise: 0.2 },
			seed: TYPICAL
		},
		misled: {
			label: 'A bad start',
			reason: 'GRPO keeps to what it starts with for longer, also where that is wrong.',
			values: { start: 'false' },
			seed: TYPICAL,
			limit: true
		},
		same: {
			label: 'Nothing changes',
			reason: 'Without a false cue to learn, the most likely answers are equally good.',
			values: { shortcut: 0.25 },
			seed: TYPICAL,
			limit: true
		},
		sampled: {
			label: 'Nothing changes, sampled',
			reason: 'Sampled answers do improve: GRPO makes the policy surer of the same ranking.',
			values: { shortcut: 0.25, measure: 'sampled' },
			seed: TYPICAL
		}
	},
	quantities: {
		sftAlike: trained('SFT', 'a'),
		grpoAlike: trained('GRPO', 'b'),
		sftChanged: trained('SFT', 'a'),
		grpoChanged: trained('GRPO', 'b'),
		sftAlikeEnd: trained('SFT: questions as in training'),
		grpoAlikeEnd: trained('GRPO: questions as in training'),
		sftChangedEnd: trained('SFT: changed questions'),
		grpoChangedEnd: trained('GRPO: changed questions'),
		sftMidway: trained(`SFT: changed questions, update ${MIDWAY}`),
		grpoMidway: trained(`GRPO: changed questions, update ${MIDWAY}`)
	},
	random: true,
	long: true,
	run({ measure, keyNoise, shortcut, start, numGenerations, learningRate }, stream) {
		const questions = { count: 400, signal: 1.5, shortcut, keyNoise, nuisance: MEANINGLESS };
		const train = choiceQuestions(questions, stream.split('train'));
		const alike = choiceQuestions({ ...questions, keyNoise: 0 }, stream.split('alike'));
		const changed = choiceQuestions(
			{ ...questions, keyNoise: 0, shortcut: 0.25 },
			stream.split('shifted')
		);
		const follow = (trainer: Trainer) => {
			const lines = { alike: [] as number[], changed: [] as number[] };
			const options = {
				trainer,
				start: [...STARTS[start], ...new Array<number>(MEANINGLESS).fill(0)],
				learningRate,
				updates: UPDATES,
				batch: BATCH,
				numGenerations
			};
			let update = 0;
			for (const weights of trainChoices(train, options, stream.split('training'))) {
				if (AT.includes(update++)) {
					lines.alike.push(evaluateChoices(weights, alike)[measure]);
					lines.changed.push(evaluateChoices(weights, changed)[measure]);
				}
			}
			return lines;
		};
		const [sft, grpo] = [follow('sft'), follow('grpo')];
		return {
			series: {
				sftAlike: { x: AT, y: sft.alike },
				grpoAlike: { x: AT, y: grpo.alike },
				sftChanged: { x: AT, y: sft.changed },
				grpoChanged: { x: AT, y: grpo.changed }
			}
		};
	},
	describe({ series }, { numGenerations }) {
		const { sftMidway, grpoMidway, sftAlikeEnd, grpoAlikeEnd, sftChangedEnd, grpoChangedEnd } =
			ends(series);
		return [
			`On changed questions SFT stands at ${print(sftMidway)} and GRPO at ${print(grpoMidway)} after ${MIDWAY} updates, at ${print(sftChangedEnd)} and ${print(grpoChangedEnd)} after ${UPDATES}.`,
			`On questions as in training they end at ${print(sftAlikeEnd)} and ${print(grpoAlikeEnd)}.`,
			`Both saw the same ${whole(UPDATES * BATCH)} questions and keys; GRPO also sampled ${whole(UPDATES * BATCH * numGenerations)} answers.`
		];
	},
	table: ({ series: { sftAlike, grpoAlike, sftChanged, grpoChanged } }) => ({
		columns: [
			{ label: 'update', digits: 0 },
			{ label: 'SFT, as in training' },
			{ label: 'GRPO, as in training' },
			{ label: 'SFT, changed' },
			{ label: 'GRPO, changed' }
		],
		rows: AT.map((update, i) => [
			update,
			sftAlike.y[i],
			grpoAlike.y[i],
			sftChanged.y[i],
			grpoChanged.y[i]
		])
	}),
	numbers: ({ series }) => ends(series),
	questions: {
		midway: {
			type: 'choice',
			ask: `A cue is right 80 % of the time in training and says nothing afterwards. Fine-tuning and GRPO have both made ${MIDWAY} updates on the same questions, all keys right. Whose most likely answer is better, on questions as in training and on changed ones?`,
			options: [
				{
					text: 'SFT’s on both',
					feedback: 'True on one of the two. What makes it learn fast there?'
				},
				{ text: 'GRPO’s on both', feedback: 'True on one of the two. Look at the left panel.' },
				{
					text: 'SFT’s as in training, GRPO’s on changed ones',
					feedback: 'Look at both panels at this update.'
				}
			],
			answer(at) {
				const { series } = at({}, TYPICAL);
				const i = AT.indexOf(MIDWAY);
				const alike = series.sftAlike.y[i] > series.grpoAlike.y[i];
				const changed = series.sftChanged.y[i] > series.grpoChanged.y[i];
				return alike ? (changed ? 0 : 2) : 1;
			},
			explain(at) {
				const { series } = at({}, TYPICAL);
				const i = AT.indexOf(MIDWAY);
				return `With seed ${TYPICAL}, as in training, ${print(series.sftAlike.y[i])} for SFT and ${print(series.grpoAlike.y[i])} for GRPO; on changed questions ${print(series.sftChanged.y[i])} and ${print(series.grpoChanged.y[i])}. The false cue lifts the one and costs the other, and SFT takes it up sooner.`;
			}
		},
		misled: {
			type: 'choice',
			ask: `A policy starts out trusting a cue that is right 80 % of the time in training; all keys are right. After ${MIDWAY} updates of fine-tuning and of GRPO, whose most likely answer is better on questions in which the cue says nothing?`,
			options: [
				{
					text: 'GRPO’s',
					feedback: 'It samples from the policy it has. What does that policy say?'
				},
				{ text: 'SFT’s', feedback: 'Compare the right panel at this update.' }
			],
			answer(at) {
				const { sftMidway, grpoMidway } = ends(at({ start: 'false' }, TYPICAL).series);
				return grpoMidway > sftMidway ? 0 : 1;
			},
			explain(at) {
				const { sftMidway, grpoMidway } = ends(at({ start: 'false' }, TYPICAL).series);
				return `${print(grpoMidway)} for GRPO, ${print(sftMidway)} for SFT with seed ${TYPICAL}. What protected a good start protects a bad one.`;
			}
		},
		keys: {
			type: 'choice',
			ask: 'A cue is right 80 % of the time in training, and one training key in five is wrong. After 200 updates of fine-tuning and of GRPO, whose most likely answer is better on questions in which the cue says nothing?',
			options: [
				{
					text: 'SFT’s',
					feedback: 'How hard does each push towards a key that the policy finds absurd?'
				},
				{ text: 'GRPO’s', feedback: 'Compare the right panel at its end.' }
			],
			answer(at) {
				const { sftChangedEnd, grpoChangedEnd } = ends(at({ keyNoise: 0.2 }, TYPICAL).series);
				return grpoChangedEnd > sftChangedEnd ? 1 : 0;
			},
			explain(at) {
				const { sftChangedEnd, grpoChangedEnd } = ends(at({ keyNoise: 0.2 }, TYPICAL).series);
				return `${print(grpoChangedEnd)} for GRPO, ${print(sftChangedEnd)} for SFT with seed ${TYPICAL}. Where the key is wrong its probability p is low: SFT’s push grows towards 1, GRPO’s mean push shrinks with √(p(1−p)).`;
			}
		}
	},
	standIns: [
		'A log-linear policy over four options stands in for the audio language model, and made-up questions with a true and a false cue for AVQA and MMAU.',
		'Both trainers take plain gradient steps, of a length that falls to 0 alike; a trainer’s optimiser, such as AdamW, is left out.',
		'The answer key alone is the rule; the format reward is left out.'
	],
	source: [
		'kernels/audio-qa/trainChoices.ts',
		'kernels/audio-qa/choiceQuestions.ts',
		'kernels/audio-qa/evaluateChoices.ts',
		'kernels/rl/groupAdvantages.ts',
		'kernels/policy-gradient/softmaxGradient.ts'
	]
});

const whole = (count: number) => count.toLocaleString('en');

type Lines = Record<
	'sftAlike' | 'grpoAlike' | 'sftChanged' | 'grpoChanged',
	{ y: readonly number[] }
>;

function ends({ sftAlike, grpoAlike, sftChanged, grpoChanged }: Lines) {
	const midway = AT.indexOf(MIDWAY);
	return {
		sftAlikeEnd: sftAlike.y.at(-1)!,
		grpoAlikeEnd: grpoAlike.y.at(-1)!,
		sftChangedEnd: sftChanged.y.at(-1)!,
		grpoChangedEnd: grpoChanged.y.at(-1)!,
		sftMidway: sftChanged.y[midway],
		grpoMidway: grpoChanged.y[midway]
	};
}
