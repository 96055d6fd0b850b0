import { formOnlyGroups } from '$kernels/audio-qa/formOnlyGroups';
import { silentGroups } from '$kernels/audio-qa/silentGroups';
import { print } from '$kernels/describe/print';
import { defineWidget } from '$widgets/contract';

const RATES = Array.from({ length: 101 }, (_, i) => i / 100);

const silentTest = {
	test: 'tests/kernels/audio-qa/formOnlyGroups.test.ts',
	against: 'a sum over every group',
	tolerance: '1e-12 absolute'
};

export const spec = defineWidget({
	name: 'silent-groups',
	version: 1,
	title: 'How many groups say anything about being right?',
	paper: '02-r1-aqa',
	params: {
		successRate: {
			type: 'range',
			label: 'Success rate on the question',
			symbol: 'p',
			min: 0.01,
			max: 0.99,
			step: 0.01,
			default: 0.02
		},
		formatRate: {
			type: 'range',
			label: 'Share of answers in form',
			symbol: 'q',
			help: 'Whether an answer is in form has nothing to do with whether it is right.',
			min: 0,
			max: 1,
			step: 0.01,
			default: 0.5
		},
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 32,
			step: 1,
			whole: true,
			default: 8
		}
	},
	presets: {
		hard: {
			label: 'Hard, form varies',
			reason: 'Hardly a group is silent, and most of them speak of form alone.',
			values: {},
			limit: true
		},
		formed: {
			label: 'Hard, all in form',
			reason: 'The format point is the same for all and drops out: most groups are silent.',
			values: { formatRate: 1 },
			limit: true
		},
		half: {
			label: 'Right half the time',
			reason: 'Nearly every group holds right and wrong answers.',
			values: { successRate: 0.5 }
		},
		large: {
			label: 'Larger groups',
			reason: 'More chances that one answer is right.',
			values: { numGenerations: 32 }
		}
	},
	quantities: {
		silent: {
			label: 'Silent: all rewards equal',
			kind: 'exact',
			role: 'failure',
			evidence: silentTest
		},
		formOnly: { label: 'Speaks of form alone', kind: 'exact', role: 'b', evidence: silentTest },
		right: {
			label: 'Right and wrong differ',
			kind: 'exact',
			role: 'success',
			evidence: silentTest
		},
		accuracyOnly: {
			label: 'Silent without the format reward',
			kind: 'exact',
			evidence: silentTest
		}
	},
	run({ successRate, formatRate, numGenerations }) {
		const at = (p: number) => {
			const silent = silentGroups(p, formatRate, numGenerations);
			const formOnly = formOnlyGroups(p, formatRate, numGenerations);
			return {
				silent,
				formOnly,
				right: Math.max(0, 1 - silent - formOnly),
				accuracyOnly: silentGroups(p, 1, numGenerations)
			};
		};
		const rows = RATES.map(at);
		const line = (key: keyof ReturnType<typeof at>) => ({
			x: RATES,
			y: rows.map((row) => row[key])
		});
		return {
			chosen: at(successRate),
			series: {
				silent: line('silent'),
				formOnly: line('formOnly'),
				right: line('right')
			}
		};
	},
	describe: ({ chosen }, { successRate, formatRate, numGenerations }) => [
		`Of groups of ${numGenerations} at p = ${print(successRate)} and q = ${print(formatRate)}, ${percent(chosen.silent)} are silent, ${percent(chosen.formOnly)} speak of form alone, and in ${percent(chosen.right)} right and wrong answers differ.`,
		`With the accuracy reward alone ${percent(chosen.accuracyOnly)} would be silent.`
	],
	table: ({ series: { silent, formOnly, right } }) => ({
		columns: [
			{ label: 'success rate', digits: 2 },
			{ label: 'silent', digits: 6 },
			{ label: 'form alone', digits: 6 },
			{ label: 'right and wrong differ', digits: 6 }
		],
		rows: RATES.map((p, i) => [p, silent.y[i], formOnly.y[i], right.y[i]])
	}),
	numbers: ({ chosen }) => chosen,
	questions: {
		formed: {
			type: 'number',
			ask: 'A question is answered rightly 2 times in 100, and every answer is in form. Of 100 groups of 8 answers, how many are silent?',
			min: 0,
			max: 100,
			step: 1,
			near: 5,
			tooLow: 'Mostly all eight are wrong, and then all rewards are 1.',
			tooHigh: 'Eight tries, each with 2 %: some groups do hold a right answer.',
			answer: (at) => 100 * at({ formatRate: 1 }).chosen.silent,
			explain: (at) =>
				`${percent(at({ formatRate: 1 }).chosen.silent)}: 0.98 to the power of 8, and all but nothing for eight right ones. A format point that all answers get changes no advantage.`
		},
		format: {
			type: 'choice',
			ask: 'A question is answered rightly 2 times in 100, in groups of 8. At first all answers are in form; then only half are, right or not, and almost no group is silent any more. What happens to the share of groups in which right answers differ from wrong ones?',
			options: [
				{
					text: 'It rises as much as silence falls',
					feedback: 'How often does a group of eight hold a right answer at all?'
				},
				{
					text: 'It stays about the same',
					feedback: 'Compare the two presets for hard questions.'
				},
				{ text: 'It falls to nothing', feedback: 'Groups with a right answer are still there.' }
			],
			answer(at) {
				const [before, after] = rightShares(at);
				const rise = after - before;
				return rise > 0.3 ? 0 : Math.abs(rise) < 0.03 ? 1 : 2;
			},
			explain(at) {
				const [before, after] = rightShares(at);
				return `${percent(before)} before, ${percent(after)} after. The signal that is new is about tags: ${percent(at().chosen.formOnly)} of the groups.`;
			}
		},
		larger: {
			type: 'choice',
			ask: 'A question is answered rightly 2 times in 100, always in form. Groups of 8 become groups of 32. What happens to the silent share?',
			options: [
				{ text: 'It falls to a quarter', feedback: 'It is a power of 0.98, not a proportion.' },
				{
					text: 'It stays above one half',
					feedback: 'Four times the exponent: take the fourth power of the old share.'
				},
				{ text: 'It falls below one tenth', feedback: 'Take the fourth power of the old share.' }
			],
			answer(at) {
				const share = at({ formatRate: 1, numGenerations: 32 }).chosen.silent;
				return share > 0.5 ? 1 : share < 0.1 ? 2 : 0;
			},
			explain: (at) =>
				`From ${percent(at({ formatRate: 1 }).chosen.silent)} to ${percent(at({ formatRate: 1, numGenerations: 32 }).chosen.silent)}, for four times the answers.`
		}
	},
	standIns: ['Right and in form are independent here; of a language model they need not be.'],
	source: [
		'kernels/audio-qa/silentGroups.ts',
		'kernels/audio-qa/formOnlyGroups.ts',
		'kernels/grpo-dynamics/zeroSignal.ts'
	]
});

const percent = (share: number) => `${print(100 * share)} %`;

type At = (changed?: { formatRate: number }) => { chosen: { right: number } };
const rightShares = (at: At) => [at({ formatRate: 1 }).chosen.right, at().chosen.right];
