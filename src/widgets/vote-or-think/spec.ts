import { print } from '$kernels/describe/print';
import { crossings } from '$kernels/describe/crossings';
import { majorityVote } from '$kernels/test-time/majorityVote';
import { defineWidget } from '$widgets/contract';

const TRIES = [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32];

const evidence = (test: string, against: string) => ({
	test: `tests/kernels/test-time/${test}.test.ts`,
	against,
	tolerance: '1e-9 relative'
});

export const spec = defineWidget({
	name: 'vote-or-think',
	version: 1,
	title: 'When does asking again and voting help?',
	paper: '23-mrt',
	params: {
		right: {
			type: 'range',
			label: 'Success of one answer',
			symbol: 'p',
			min: 0.02,
			max: 0.98,
			step: 0.02,
			default: 0.4
		},
		rivals: {
			type: 'stepper',
			label: 'Wrong answers',
			help: 'Different wrong answers that come up.',
			min: 1,
			max: 6,
			step: 1,
			default: 4
		},
		favourite: {
			type: 'range',
			label: 'Share of the favourite wrong answer',
			help: 'Of all wrong answers given, how many agree. The others share the rest evenly.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.25
		}
	},
	presets: {
		scattered: {
			label: 'Scattered errors',
			reason: 'Wrong answers disagree, so even 0.4 is enough for the vote to find the right one.',
			values: {}
		},
		dominant: {
			label: 'One favourite error',
			reason: 'Most wrong answers agree: the more votes, the surer the error.',
			values: { right: 0.4, favourite: 0.9 },
			limit: true
		},
		two: {
			label: 'Right or wrong',
			reason: 'With one wrong answer only, 0.5 is the watershed.',
			values: { right: 0.6, rivals: 1, favourite: 1 }
		}
	},
	quantities: {
		pass: {
			label: 'pass@k: one of k is right',
			kind: 'exact',
			role: 'a',
			evidence: evidence(
				'passAtK',
				'HumanEval’s estimator, and 1 − (1 − p)^k in the limit of many samples'
			)
		},
		vote: {
			label: 'maj@k: the vote of k is right',
			kind: 'exact',
			role: 'b',
			evidence: evidence('majorityVote', 'SciPy’s binomial and full enumeration')
		},
		passAt16: {
			label: 'pass@16',
			kind: 'exact',
			evidence: evidence(
				'passAtK',
				'HumanEval’s estimator, and 1 − (1 − p)^k in the limit of many samples'
			)
		},
		voteAt16: {
			label: 'maj@16',
			kind: 'exact',
			evidence: evidence('majorityVote', 'SciPy’s binomial and full enumeration')
		}
	},
	run({ right, rivals, favourite }) {
		const wrong = 1 - right;
		const first = rivals === 1 ? 1 : favourite;
		const rest =
			rivals === 1 ? [] : Array.from({ length: rivals - 1 }, () => (1 - first) / (rivals - 1));
		const shares = [right, wrong * first, ...rest.map((share) => wrong * share)];
		return {
			shares,
			series: {
				pass: { x: TRIES, y: TRIES.map((k) => 1 - wrong ** k) },
				vote: { x: TRIES, y: TRIES.map((k) => majorityVote(shares, k).wins[0]) }
			}
		};
	},
	describe({ shares, series: { pass, vote } }) {
		const [right, ...wrong] = shares;
		const top = Math.max(...wrong);
		const end = vote.y.length - 1;
		const sentences = [
			`One answer is right with ${print(right)}; a vote of ${TRIES[end]} with ${print(vote.y[end])}, and one of ${TRIES[end]} with ${print(pass.y[end])}.`
		];
		if (right > top) sentences.push('The right answer is the most frequent one, so voting helps.');
		else if (right < top) {
			sentences.push(
				'A wrong answer is more frequent than the right one, so voting makes it worse.'
			);
		} else sentences.push('The right answer ties with a wrong one, and the vote stays undecided.');
		const [crossing] = crossings(
			vote.x,
			vote.y,
			vote.x.map(() => right)
		);
		if (crossing && crossing.x > 2) {
			sentences.push(`Voting gets past a single answer at about ${print(crossing.x)} votes.`);
		}
		return sentences;
	},
	table({ series: { pass, vote } }) {
		return {
			columns: [{ label: 'answers k', digits: 0 }, { label: 'pass@k' }, { label: 'maj@k' }],
			rows: TRIES.map((k, i) => [k, pass.y[i], vote.y[i]])
		};
	},
	numbers({ series: { pass, vote } }) {
		const i = TRIES.indexOf(16);
		return { passAt16: pass.y[i], voteAt16: vote.y[i] };
	},
	questions: {
		worse: {
			type: 'choice',
			ask: 'One answer is right with probability 0.4. When it is wrong, nine times in ten it is the same wrong answer. Is a vote of 16 right more often than a single answer?',
			options: [
				{
					text: 'Yes, votes average the errors out',
					feedback: 'Errors average out when they disagree. Here they agree.'
				},
				{ text: 'No, less often', feedback: 'Look at the vote’s line again.' },
				{
					text: 'The same',
					feedback: 'A vote follows the most frequent answer, and with more votes ever more surely.'
				}
			],
			answer(at) {
				const { vote } = at({ right: 0.4, favourite: 0.9 }).series;
				const [one, sixteen] = [vote.y[0], vote.y[TRIES.indexOf(16)]];
				return sixteen > one + 1e-9 ? 0 : sixteen < one - 1e-9 ? 1 : 2;
			},
			explain(at) {
				const { vote } = at({ right: 0.4, favourite: 0.9 }).series;
				return `It is right with ${print(vote.y[TRIES.indexOf(16)])} instead of ${print(vote.y[0])}: the wrong favourite has a share of 0.54.`;
			}
		}
	},
	standIns: ['Answers are drawn independently from fixed shares; no model writes them.'],
	source: ['kernels/test-time/majorityVote.ts', 'kernels/test-time/passAtK.ts']
});
