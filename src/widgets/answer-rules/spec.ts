import { accuracyReward } from '$kernels/audio-qa/accuracyReward';
import { formatReward } from '$kernels/audio-qa/formatReward';
import { defineWidget } from '$widgets/contract';

/** The options of the question, as the prompt lists them. */
const OPTIONS = { dog: 'dog', rain: 'rain', horn: 'car horn', violin: 'violin' } as const;

const evidence = {
	test: 'tests/kernels/audio-qa/rewards.test.ts',
	against: 'the repository’s own code, run in Python',
	tolerance: 'none: the same rewards'
};
const reward = (label: string, role?: 'a' | 'b' | 'success') =>
	({ label, kind: 'exact', role, mark: 'bar', digits: 0, evidence }) as const;

export const spec = defineWidget({
	name: 'answer-rules',
	version: 1,
	title: 'What do the two rules pay for?',
	paper: '02-r1-aqa',
	params: {
		completion: {
			type: 'text',
			label: 'The model’s answer to “What is heard? dog, rain, car horn or violin”',
			default: '<answer>dog</answer>',
			maxLength: 300,
			lines: 3
		},
		solution: {
			type: 'choice',
			label: 'Solution on file',
			library: { trl: 'solution', verl: 'ground_truth' },
			help: 'The option’s text in answer tags, not a letter.',
			options: OPTIONS,
			default: 'dog'
		}
	},
	presets: {
		both: {
			label: 'Right and in form',
			reason: 'Both rules pay.',
			values: {}
		},
		capital: {
			label: 'A capital letter',
			reason: 'Right to any listener; the strings differ in one letter.',
			values: { completion: '<answer>Dog</answer>' },
			limit: true
		},
		bare: {
			label: 'The bare option',
			reason: 'Without tags the whole text is compared, so accuracy pays all the same.',
			values: { completion: 'dog' }
		},
		because: {
			label: 'With a reason',
			reason: 'What stands after the tags costs the point for format, and only that.',
			values: { completion: '<answer>dog</answer> because it barks' }
		},
		broken: {
			label: 'A line break inside',
			reason:
				'Format allows a line break between the tags. Accuracy then sees no tags and compares all.',
			values: { completion: '<answer>\ndog\n</answer>' },
			limit: true
		},
		empty: {
			label: 'Empty tags',
			reason: 'A point for format, and nothing is said.',
			values: { completion: '<answer></answer>' },
			limit: true
		},
		guesses: {
			label: 'Two guesses',
			reason: 'The first pair of tags is compared. The format rule does not count pairs.',
			values: { completion: '<answer>dog</answer> or <answer>rain</answer>' },
			limit: true
		}
	},
	quantities: {
		accuracy: reward('Accuracy', 'a'),
		format: reward('Format', 'b'),
		total: reward('Sum', 'success')
	},
	run({ completion, solution }) {
		const wanted = OPTIONS[solution];
		const {
			reward: accuracy,
			compared,
			tagged
		} = accuracyReward(completion, `<answer>${wanted}</answer>`);
		const format = formatReward(completion);
		return { compared, tagged, wanted, accuracy, format, total: accuracy + format };
	},
	describe: ({ compared, tagged, wanted, accuracy, format, total }) => [
		`Accuracy pays ${accuracy}, format ${format}: the reward is ${total}.`,
		`${tagged ? 'Tags on one line were found, so what stands in the first pair' : 'No tags on one line were found, so the whole text'} was compared: ${quoted(compared)} with ${quoted(wanted)}.`
	],
	table: ({ compared, tagged, wanted, accuracy, format, total }) => ({
		columns: [{ label: 'rule' }, { label: 'looked at' }, { label: 'reward', digits: 0 }],
		rows: [
			[
				'accuracy',
				`${tagged ? 'in tags' : 'whole text'}: ${quoted(compared)}, ${quoted(wanted)}`,
				accuracy
			],
			['format', 'begins with <answer>, ends with </answer>', format],
			['sum', '', total]
		]
	}),
	numbers: ({ accuracy, format, total }) => ({ accuracy, format, total }),
	questions: {
		capital: {
			type: 'choice',
			ask: 'The solution on file is “dog”. The model hears the dog and writes <answer>Dog</answer>. What is its reward, accuracy and format together?',
			options: [
				{ text: '0', feedback: 'The form is flawless, and form has a rule of its own.' },
				{ text: '1', feedback: 'Look at what was compared, letter for letter.' },
				{ text: '2', feedback: 'A listener would say so. The rule compares letters.' }
			],
			answer: (at) => at({ completion: '<answer>Dog</answer>' }).total,
			explain(at) {
				const { accuracy, format } = at({ completion: '<answer>Dog</answer>' });
				return `Accuracy pays ${accuracy} and format ${format}: “Dog” is not “dog” to a comparison of strings.`;
			}
		},
		equal: {
			type: 'choice',
			ask: 'The solution is “dog”. Which of these two earns more: the bare word dog, or the empty tags <answer></answer>?',
			options: [
				{
					text: 'The bare word',
					feedback: 'It is right. But add up what each of them earns.'
				},
				{ text: 'The empty tags', feedback: 'They are in form. But add up what each earns.' },
				{ text: 'Both the same', feedback: 'Add up accuracy and format for each.' }
			],
			answer(at) {
				const [bare, empty] = bareAndEmpty(at);
				return bare.total > empty.total ? 0 : bare.total < empty.total ? 1 : 2;
			},
			explain(at) {
				const [bare, empty] = bareAndEmpty(at);
				return `${bare.total} and ${empty.total}: one point for being right without form, one for form without an answer. A group that holds only these two kinds has equal rewards.`;
			}
		},
		broken: {
			type: 'choice',
			ask: 'The right answer is written in tags, with a line break after <answer> and another before </answer>. Which rules pay?',
			options: [
				{ text: 'Both', feedback: 'One of the two patterns does not reach across lines.' },
				{ text: 'Accuracy only', feedback: 'The format pattern does reach across lines.' },
				{ text: 'Format only', feedback: 'Look at what accuracy compares.' },
				{ text: 'Neither', feedback: 'The text begins and ends with the tags.' }
			],
			answer(at) {
				const { accuracy, format } = at({ completion: BROKEN });
				return accuracy ? (format ? 0 : 1) : format ? 2 : 3;
			},
			explain(at) {
				const { accuracy, format } = at({ completion: BROKEN });
				return `Accuracy pays ${accuracy}, format ${format}. The two rules read the same tags by two different patterns.`;
			}
		}
	},
	standIns: [
		'You stand in for the audio language model: the text is what you type.',
		'The official accuracy rule first asks the library math_verify whether both texts hold the same number or formula. That step is left out; none of these options is a number.'
	],
	source: ['kernels/audio-qa/accuracyReward.ts', 'kernels/audio-qa/formatReward.ts']
});

const BROKEN = '<answer>\ndog\n</answer>';

const quoted = (text: string) =>
	`“${(text.length > 40 ? `${text.slice(0, 39)}…` : text).replaceAll('\n', '⏎')}”`;

type At = (changed: { completion: string }) => { total: number };
const bareAndEmpty = (at: At) => [
	at({ completion: 'dog' }),
	at({ completion: '<answer></answer>' })
];
