import { print } from '$kernels/describe/print';
import { bradleyTerryFit } from '$kernels/preference/bradleyTerryFit';
import { condorcetCycle } from '$kernels/social-choice/condorcetCycle';
import { condorcetWinner } from '$kernels/social-choice/condorcetWinner';
import { fewestWrongPairs } from '$kernels/social-choice/fewestWrongPairs';
import { majorityMargins } from '$kernels/social-choice/majorityMargins';
import { maximalLottery } from '$kernels/social-choice/maximalLottery';
import { wrongPairs } from '$kernels/social-choice/wrongPairs';
import { defineWidget, type RankingParam } from '$widgets/contract';

const NAMES = ['A', 'B', 'C', 'D'] as const;
const PLACES = [0, 1, 2, 3];

function ballot<const Label extends string>(label: Label, order: readonly number[]) {
	return {
		type: 'ranking',
		label,
		help: 'Best first. Drag a letter, or move it with the arrow keys.',
		items: NAMES,
		default: order
	} as const satisfies RankingParam;
}

const evidence = (against: string, tolerance: string) => ({
	test: 'tests/kernels/social-choice/majorities.test.ts',
	against,
	tolerance
});
const lotteryEvidence = {
	test: 'tests/kernels/social-choice/zeroSumGames.test.ts',
	against: 'SciPy’s linear programmes (HiGHS), and laws of odd electorates',
	tolerance: '1e-7'
};
const fitEvidence = {
	test: 'tests/kernels/preference/bradleyTerryFit.test.ts',
	against: 'choix and SciPy’s BFGS',
	tolerance: '1e-5 relative'
};

const list = (pairs: readonly (readonly [number, number])[]) =>
	pairs.map(([i, j]) => `${NAMES[i]} over ${NAMES[j]}`).join(', ');

const FOUR = { first: [0, 1, 2, 3], second: [1, 2, 3, 0], third: [2, 3, 0, 1] };
const ACYCLIC = {
	first: [0, 1, 2, 3],
	second: [1, 2, 3, 0],
	third: [1, 2, 3, 0],
	voters: [3, 1, 1]
};

export const spec = defineWidget({
	name: 'ballot-box',
	version: 1,
	title: 'Can one reward say what these voters say?',
	paper: '03-condorcet-to-nash',
	params: {
		first: ballot('Ballot 1', [0, 1, 2, 3]),
		second: ballot('Ballot 2', [1, 2, 0, 3]),
		third: ballot('Ballot 3', [2, 0, 1, 3]),
		voters: {
			type: 'vector',
			label: 'Voters behind each ballot',
			item: 'ballot',
			default: [1, 1, 1],
			min: 1,
			max: 99,
			step: 1,
			minLength: 3,
			maxLength: 3
		},
		slips: {
			type: 'range',
			label: 'Comparisons recorded the wrong way round',
			help: 'Where all voters agree, a fit without any slip would run off to infinity.',
			min: 0.005,
			max: 0.2,
			step: 0.005,
			default: 0.02,
			more: true
		}
	},
	presets: {
		circle: {
			label: 'The classic circle',
			reason: 'A beats B, B beats C, C beats A: the fit makes all three equal.',
			values: {},
			limit: true
		},
		four: {
			label: 'A circle of four',
			reason: 'Some reward gets all pairs but one; the fitted one gets three wrong.',
			values: FOUR,
			limit: true
		},
		acyclic: {
			label: 'Acyclic, yet not Bradley–Terry',
			reason: 'No circle, so a reward exists. The fit still puts B above A.',
			values: ACYCLIC,
			limit: true
		},
		hair: {
			label: '51 of 100',
			reason: 'One voter more, and the Nash policy gives A everything.',
			values: {
				first: [0, 1, 2, 3],
				second: [1, 2, 0, 3],
				third: [3, 1, 2, 0],
				voters: [51, 25, 24]
			},
			limit: true
		},
		agree: {
			label: 'Near agreement',
			reason: 'Voters who differ a little: one reward serves them all.',
			values: { first: [0, 1, 2, 3], second: [1, 0, 2, 3], third: [0, 1, 3, 2] }
		}
	},
	quantities: {
		reward: {
			label: 'Bradley–Terry reward',
			kind: 'exact',
			role: 'success',
			mark: 'point',
			evidence: fitEvidence
		},
		lottery: {
			label: 'Nash policy',
			kind: 'exact',
			role: 'policy',
			mark: 'bar',
			evidence: lotteryEvidence
		},
		wrong: {
			label: 'Pairs the fitted reward gets wrong',
			kind: 'exact',
			digits: 0,
			evidence: fitEvidence
		},
		fewest: {
			label: 'Pairs any reward must get wrong',
			kind: 'exact',
			digits: 0,
			evidence: evidence('all orders gone through', 'none: counts')
		},
		support: {
			label: 'Responses that the Nash policy gives',
			kind: 'exact',
			digits: 0,
			evidence: lotteryEvidence
		}
	},
	run({ first, second, third, voters, slips }) {
		const { margins, preferences, total } = majorityMargins([first, second, third], voters);
		const recorded = preferences.map((row, i) =>
			row.map((share, j) => (i === j ? 0 : slips + (1 - 2 * slips) * share))
		);
		const rewards = bradleyTerryFit(recorded).strengths;
		const { reversed, levelled } = wrongPairs(rewards, margins);
		const { lottery, support, unique } = maximalLottery(margins);
		return {
			total,
			margins,
			preferences,
			reversed,
			levelled,
			cycle: condorcetCycle(margins),
			winner: condorcetWinner(margins),
			best: fewestWrongPairs(margins),
			support,
			unique,
			series: { reward: { x: PLACES, y: rewards }, lottery: { x: PLACES, y: lottery } }
		};
	},
	describe({ cycle, winner, best, reversed, levelled, support, unique, series: { lottery } }) {
		const sentences: string[] = [];
		const circle = cycle && [...cycle, cycle[0]].map((i) => NAMES[i]).join(' over ');
		const wrong = [
			...(levelled.length > 0 ? [`makes equal ${list(levelled)}`] : []),
			...(reversed.length > 0 ? [`reverses ${list(reversed)}`] : [])
		].join(' and ');
		if (circle) {
			sentences.push(
				`Majorities run in a circle, ${circle}, so every reward gets at least ${best.wrong} of 6 pairs wrong; the fitted one ${wrong || 'gets no more wrong'}.`
			);
		} else {
			sentences.push(
				`No circle: the order ${best.order.map((i) => NAMES[i]).join(', ')} agrees with every majority; the fitted reward ${wrong || 'agrees too'}.`
			);
		}
		const shares = support.map((i) => `${NAMES[i]} ${print(lottery.y[i])}`).join(', ');
		sentences.push(
			winner === undefined
				? `No response beats all others, and ${unique ? 'the' : 'one'} Nash policy is ${shares}.`
				: `${NAMES[winner]} beats each other response, so the Nash policy gives it alone.`
		);
		return sentences;
	},
	table: ({ preferences, series: { reward, lottery } }) => ({
		columns: [
			{ label: 'response', digits: 0 },
			...NAMES.map((name) => ({ label: `preferred to ${name}` })),
			{ label: 'Bradley–Terry reward' },
			{ label: 'Nash policy' }
		],
		rows: NAMES.map((name, i) => [name, ...preferences[i], reward.y[i], lottery.y[i]])
	}),
	numbers: ({ reversed, levelled, best, support }) => ({
		wrong: reversed.length + levelled.length,
		fewest: best.wrong,
		support: support.length
	}),
	questions: {
		highest: {
			type: 'choice',
			ask: 'Three voters rank A, B, C; B, C, A; and C, A, B (D last for all). Two of three prefer A to B, two of three B to C, two of three C to A. Which of the three gets the highest Bradley–Terry reward?',
			options: [
				{
					text: 'A',
					feedback: 'Turn the names round: what is said of A holds of B and C as well.'
				},
				{
					text: 'B',
					feedback: 'Turn the names round: what is said of B holds of A and C as well.'
				},
				{
					text: 'C',
					feedback: 'Turn the names round: what is said of C holds of A and B as well.'
				},
				{ text: 'All three get the same', feedback: 'Look at the points again.' }
			],
			answer(at) {
				const three = at().series.reward.y.slice(0, 3);
				const most = Math.max(...three);
				return most - Math.min(...three) < 1e-6 ? 3 : three.indexOf(most);
			},
			explain(at) {
				const { levelled, series } = at();
				return `A, B and C all get ${print(series.reward.y[0])}. By this reward each pair of them is a toss-up, while two voters of three disagree: ${levelled.length} pairs wrong.`;
			}
		},
		acyclic: {
			type: 'choice',
			ask: 'Three voters rank A, B, C, D and two rank B, C, D, A. Most prefer A to each other response. Which response gets the highest fitted Bradley–Terry reward?',
			options: [
				{
					text: 'A, since it beats every other one',
					feedback:
						'The fit adds up wins over all comparisons; A’s wins are narrow and its losses many.'
				},
				{ text: 'B', feedback: 'Count the comparisons that B wins in all.' },
				{
					text: 'None: without a cycle they tie',
					feedback: 'Without a cycle a reward exists. The fit need not find it.'
				}
			],
			answer(at) {
				const { y } = at(ACYCLIC).series.reward;
				return y[0] > y[1] + 1e-6 ? 0 : y[1] > y[0] + 1e-6 ? 1 : 2;
			},
			explain(at) {
				const { y } = at(ACYCLIC).series.reward;
				return `B gets ${print(y[1])}, A ${print(y[0])}. B wins 12 of its 15 comparisons, A 9 of 15, and the likelihood counts wins, not majorities.`;
			}
		},
		must: {
			type: 'number',
			ask: 'Ballots A, B, C, D; B, C, D, A; C, D, A, B, one voter each. How many of the six pairs must even the best reward get wrong?',
			min: 0,
			max: 6,
			step: 1,
			near: 0,
			tooLow: 'There is a circle, A over B over C over A: no order agrees with all of it.',
			tooHigh: 'Try the order B, C, D, A and count.',
			answer: (at) => at(FOUR).best.wrong,
			explain(at) {
				const { best, reversed } = at(FOUR);
				return `${best.wrong}, by the order ${best.order.map((i) => NAMES[i]).join(', ')}. The fitted reward gets ${reversed.length} wrong: ${list(reversed)}.`;
			}
		}
	},
	standIns: [
		'Four letters stand in for a language model’s responses to one prompt, and ballots for its labellers.'
	],
	source: [
		'kernels/social-choice/majorityMargins.ts',
		'kernels/social-choice/condorcetCycle.ts',
		'kernels/social-choice/fewestWrongPairs.ts',
		'kernels/social-choice/wrongPairs.ts',
		'kernels/preference/bradleyTerryFit.ts',
		'kernels/social-choice/maximalLottery.ts',
		'kernels/social-choice/zeroSumEquilibrium.ts'
	]
});
