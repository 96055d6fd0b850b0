import { exactMatchReward } from '$kernels/rewards/exactMatchReward';
import { gsm8kReward } from '$kernels/rewards/gsm8kReward';
import { normalizeAnswer } from '$kernels/rewards/normalizeAnswer';
import { ruleSpans } from '$kernels/rewards/ruleSpans';
import type { Located } from '$kernels/rewards/span';
import { thinkFormatReward } from '$kernels/rewards/thinkFormatReward';
import { defineWidget } from '$widgets/contract';

export const RULES = ['strict', 'flexible', 'exact', 'contained', 'think'] as const;
type Rule = (typeof RULES)[number];
export const RULE_LABELS = {
	strict: 'GSM8K, strict',
	flexible: 'GSM8K, flexible',
	exact: 'tags, equal',
	contained: 'tags, contained',
	think: 'think format'
} as const satisfies Record<Rule, string>;

interface Verdict extends Located {
	rule: Rule;
	/** What is compared with the right answer, or null. */
	compared: string | null;
	/** With what; null where the rule asks for no answer. */
	wanted: string | null;
	reward: number;
}

const QUESTION = 'Nine boxes hold two eggs each. How many eggs are there?';
const LONG_END =
	'\n\nLet us make sure. There are nine boxes, and each of them holds two eggs. Counting by twos: two, four, six, eight, ten, twelve, fourteen, sixteen, and two more. That is nine steps, one for each box. Nothing was left out, no egg was counted twice, no egg was broken on the way, and so the result above stands as it is.';

const evidence = {
	test: 'tests/kernels/rewards/textRewards.test.ts',
	against: 'the code of verl, TRL and Search-R1, run in Python',
	tolerance: 'none: the same verdicts'
};

export const spec = defineWidget({
	name: 'rule-checker',
	version: 1,
	title: 'What does a rule look at?',
	paper: 'rewards',
	params: {
		text: {
			type: 'text',
			label: `The model’s answer to “${QUESTION}”`,
			default: '<think>9 · 2 = 18</think>\n<answer>18</answer>\n#### 18',
			maxLength: 500,
			lines: 4
		},
		truth: {
			type: 'text',
			label: 'Right answer on file',
			library: { trl: 'solution', verl: 'ground_truth' },
			default: '18',
			maxLength: 20
		},
		rule: {
			type: 'choice',
			label: 'Rule to mark in the text',
			help: 'Strict wants “#### ” before the number, flexible takes the last number; tags are <answer>…</answer>.',
			options: RULE_LABELS,
			default: 'strict'
		}
	},
	presets: {
		all: {
			label: 'In every form',
			reason: 'A right answer that pleases all five rules.',
			values: {}
		},
		stop: {
			label: 'A full stop',
			reason: 'Right, and no rule pays. The flexible one reads “18.” with its full stop.',
			values: { text: 'Nine times two is eighteen. So the answer is 18.', rule: 'flexible' },
			limit: true
		},
		unit: {
			label: 'With a unit',
			reason:
				'Right again, and “18 eggs” does not equal “18”. One space too many keeps strict from reading it.',
			values: { text: '<answer>18 eggs</answer>\n####  18 eggs', rule: 'exact' },
			limit: true
		},
		late: {
			label: 'Talks on',
			reason: 'Right and in form, then more than 300 characters: strict no longer sees it.',
			values: { text: `9 · 2 = 18\n#### 18${LONG_END}`, rule: 'strict' },
			limit: true
		},
		hedge: {
			label: 'Every number',
			reason: 'Names all candidates; one of them is contained.',
			values: { text: '<answer>15 16 17 18 19 20</answer>', rule: 'contained' },
			limit: true
		},
		inside: {
			label: 'Wrong by a hundred',
			reason: '1800 is wrong, and contains 18.',
			values: { text: '<answer>1800 eggs</answer>', rule: 'contained' },
			limit: true
		},
		luck: {
			label: 'Wrong thinking',
			reason: 'Adds, then writes another number: rules of outcome read no reasoning.',
			values: { text: '9 + 2 = 11, so double nothing.\n#### 18', rule: 'strict' },
			limit: true
		},
		empty: {
			label: 'Empty thought',
			reason: 'The form is paid for, whatever is in it.',
			values: { text: '<think></think>No idea.', rule: 'think' },
			limit: true
		}
	},
	quantities: {
		reward: {
			label: 'Reward by the rule',
			kind: 'exact',
			role: 'success',
			mark: 'point',
			digits: 0,
			evidence
		},
		paid: { label: 'Rules that pay, of 5', kind: 'exact', digits: 0, evidence },
		compared: {
			label: 'Characters compared',
			kind: 'exact',
			digits: 0,
			evidence: {
				test: 'tests/kernels/rewards/ruleSpans.test.ts',
				against: 'what the rewards extract, on random texts',
				tolerance: 'none: the same characters'
			}
		},
		length: {
			label: 'Characters written',
			kind: 'exact',
			digits: 0,
			evidence: {
				test: 'tests/kernels/rewards/ruleSpans.test.ts',
				against: 'the text itself',
				tolerance: 'none: a count'
			}
		}
	},
	run({ text, truth, rule }) {
		const verdicts = RULES.map((name) => judge(text, truth, name));
		const chosen = verdicts[RULES.indexOf(rule)];
		return {
			text,
			verdicts,
			chosen,
			paid: verdicts.filter(({ reward }) => reward > 0).length
		};
	},
	describe({ chosen, paid, text }) {
		const name = RULE_LABELS[chosen.rule];
		const { found, compared, wanted, reward } = chosen;
		const unread = chosen.read[0];
		return [
			chosen.rule === 'think'
				? `“${name}” ${found ? 'finds one thought at the start' : 'finds no thought at the start'} and pays ${reward}.`
				: compared === null
					? `“${name}” finds no answer in ${text.length} characters and pays 0.`
					: `“${name}” compares ${quoted(compared)} with ${quoted(wanted ?? '')} and pays ${reward}.`,
			...(unread > 0 ? [`It does not read the first ${unread} characters.`] : []),
			`${['None', 'One', 'Two', 'Three', 'Four', 'All'][paid]} of the five rules ${paid < 2 ? 'pays' : 'pay'}.`
		];
	},
	table: ({ verdicts }) => ({
		columns: [
			{ label: 'rule' },
			{ label: 'takes for the answer' },
			{ label: 'compares it with' },
			{ label: 'reward', digits: 0 }
		],
		rows: verdicts.map(({ rule, compared, wanted, reward }) => [
			RULE_LABELS[rule],
			compared ?? '–',
			wanted ?? '–',
			reward
		])
	}),
	numbers: ({ chosen, paid, text }) => ({
		reward: chosen.reward,
		paid,
		compared: chosen.found ? chosen.found[1] - chosen.found[0] : 0,
		length: text.length
	}),
	questions: {
		stop: {
			type: 'choice',
			ask: 'The right answer on file is 18. A model writes: “So the answer is 18.” The flexible rule takes the last number that it finds. What does it pay?',
			options: [
				{ text: '1', feedback: 'Which characters does it take for part of a number?' },
				{ text: '0', feedback: 'Look at what it compares.' },
				{
					text: '1 or 0, by chance',
					feedback: 'A rule is a function of the text: the same text earns the same.'
				}
			],
			answer(at) {
				const { reward } = stopped(at);
				return reward > 0 ? 0 : 1;
			},
			explain(at) {
				const { compared, reward } = stopped(at);
				return `${reward}: digits, points and commas count as a number, so it compares ${quoted(compared ?? '')} with “18”, as text. The answer is right, and the policy is taught not to end its sentences.`;
			}
		},
		guess: {
			type: 'choice',
			ask: 'A model that cannot count answers “<answer>15 16 17 18 19 20</answer>”. The right answer is 18. Which rule on tags pays?',
			options: [
				{
					text: 'The one that asks for equality',
					feedback: 'It compares the whole of what stands in the tags.'
				},
				{
					text: 'The one that asks for containment',
					feedback: 'Read what stands in the tags once more.'
				},
				{ text: 'Both', feedback: '“15 16 17 18 19 20” does not equal “18”.' },
				{ text: 'Neither', feedback: '“18” is contained in it.' }
			],
			answer(at) {
				const [exact, contained] = hedged(at);
				if (exact.reward > 0) return contained.reward > 0 ? 2 : 0;
				return contained.reward > 0 ? 1 : 3;
			},
			explain(at) {
				const [exact, contained] = hedged(at);
				return `Equality pays ${exact.reward}, containment ${contained.reward}. Containment forgives words around a right answer, and so it pays for lists.`;
			}
		},
		talks: {
			type: 'number',
			ask: 'The answer “9 · 2 = 18, #### 18” is followed by more than 300 characters of checking, without a digit. How many of the five rules pay?',
			min: 0,
			max: 5,
			step: 1,
			near: 0,
			tooLow: 'No rule pays less than nothing.',
			tooHigh: 'Both GSM8K rules read the last 300 characters only; the others want tags.',
			answer: (at) => at(LATE).paid,
			explain(at) {
				const { chosen, paid } = at(LATE);
				return `${paid}. The first ${chosen.read[0]} characters, the answer among them, are not read.`;
			}
		}
	},
	standIns: ['You stand in for the language model: the text is what you type.'],
	source: [
		'kernels/rewards/gsm8kReward.ts',
		'kernels/rewards/gsm8kAnswer.ts',
		'kernels/rewards/extractAnswer.ts',
		'kernels/rewards/exactMatchReward.ts',
		'kernels/rewards/exactMatch.ts',
		'kernels/rewards/normalizeAnswer.ts',
		'kernels/rewards/thinkFormatReward.ts',
		'kernels/rewards/ruleSpans.ts'
	]
});

const LATE = { text: `9 · 2 = 18\n#### 18${LONG_END}`, rule: 'strict' } as const;

const quoted = (text: string) => `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;

type At = (changed: { text: string; rule?: Rule }) => { chosen: Verdict; verdicts: Verdict[] };
const stopped = (at: At) => at({ text: 'So the answer is 18.', rule: 'flexible' }).chosen;
const hedged = (at: At) => at({ text: '<answer>15 16 17 18 19 20</answer>' }).verdicts.slice(2, 4);

function judge(text: string, truth: string, rule: Rule): Verdict {
	if (rule === 'think') {
		const spans = ruleSpans(text, 'think');
		return { rule, ...spans, compared: null, wanted: null, reward: thinkFormatReward(text) };
	}
	if (rule === 'strict' || rule === 'flexible') {
		const { extracted, reward } = gsm8kReward(text, truth, { method: rule });
		return { rule, ...ruleSpans(text, rule), compared: extracted, wanted: truth, reward };
	}
	const match = rule === 'exact' ? 'exact' : 'substring';
	const { answer, reward } = exactMatchReward(text, [truth], { match });
	return {
		rule,
		...ruleSpans(text, 'tags'),
		compared: answer === null ? null : normalizeAnswer(answer),
		wanted: normalizeAnswer(truth),
		reward
	};
}
