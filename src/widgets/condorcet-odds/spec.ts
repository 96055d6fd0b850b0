import type { Stream } from '$kernels/core/stream';
import { print } from '$kernels/describe/print';
import { paradoxFrequencies } from '$kernels/social-choice/paradoxFrequencies';
import { paradoxCases, paradoxProbabilities } from '$kernels/social-choice/paradoxProbabilities';
import { wilsonInterval } from '$kernels/social-choice/wilsonInterval';
import { winnerCases, winnerProbability } from '$kernels/social-choice/winnerProbability';
import { winnerProbabilityManyVoters } from '$kernels/social-choice/winnerProbabilityManyVoters';
import { defineWidget, type Series } from '$widgets/contract';

const RESPONSES = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40];
const VOTERS = [1, 3, 5, 7, 9, 13, 19, 27, 39, 51];
/** The drawing grows in so many parts. */
const PARTS = 10;
/** Exact probabilities are worked out up to so many cases: some 50 ms for the slowest point. */
const MOST_CASES = { cycle: 20_000, winner: 50_000 };

const sampled = {
	test: 'tests/kernels/social-choice/paradoxes.test.ts',
	against: 'the exact probabilities, and a separate simulation',
	tolerance: 'four standard errors'
};
const exact = {
	test: 'tests/kernels/social-choice/paradoxes.test.ts',
	against: 'enumerations by another program, and Guilbaud’s number',
	tolerance: '1e-9'
};

/** Luce weights from the favourite's down to 1 for the last, by equal factors. */
function luceWeights(responses: number, ratio: number): number[] {
	return Array.from({ length: responses }, (_, i) => ratio ** (1 - i / (responses - 1)));
}

/** With three responses and no ties a cycle is the same as no winner. */
function exactCycle(responses: number, voters: number, ratio: number): number {
	if (enumerable(responses, voters, ratio)) {
		return paradoxProbabilities({ weights: luceWeights(responses, ratio), voters }).cycle;
	}
	return responses === 3 && voters % 2 === 1 ? exactNoWinner(responses, voters, ratio) : NaN;
}

function exactNoWinner(responses: number, voters: number, ratio: number): number {
	if (ratio === 1) {
		return winnerCases(responses, voters) <= MOST_CASES.winner
			? 1 - winnerProbability(responses, voters)
			: NaN;
	}
	return enumerable(responses, voters, ratio)
		? paradoxProbabilities({ weights: luceWeights(responses, ratio), voters }).noWinner
		: NaN;
}

const enumerable = (responses: number, voters: number, ratio: number) =>
	responses <= 6 && paradoxCases(luceWeights(responses, ratio), voters) <= MOST_CASES.cycle;

interface Point {
	responses: number;
	voters: number;
	cycles: number;
	noWinner: number;
}

function draw(points: Point[], ratio: number, profiles: number, stream: Stream, part: number) {
	for (const point of points) {
		const own = stream.split(`${point.responses} responses, ${point.voters} voters, part ${part}`);
		const weights = luceWeights(point.responses, ratio);
		const got = paradoxFrequencies(own, { weights, voters: point.voters, profiles });
		point.cycles += got.cycles;
		point.noWinner += got.noWinner;
	}
}

const withOwn = (list: readonly number[], own: number) =>
	[...new Set([...list, own])].sort((a, b) => a - b);

export const spec = defineWidget({
	name: 'condorcet-odds',
	version: 1,
	title: 'How soon do majorities run in circles, and how soon does nobody beat all others?',
	paper: '03-condorcet-to-nash',
	params: {
		responses: {
			type: 'range',
			label: 'Responses',
			symbol: 'n',
			min: 3,
			max: 40,
			step: 1,
			whole: true,
			default: 10
		},
		voters: {
			type: 'stepper',
			label: 'Voters',
			symbol: 'm',
			help: 'An even number leaves ties, which the theorems leave out. A tie beats nobody.',
			min: 1,
			max: 51,
			step: 2,
			default: 3
		},
		ratio: {
			type: 'range',
			label: 'Weight of the favourite over the last',
			help: 'Of the Luce model: 1 makes all orders alike, more makes voters agree.',
			scale: 'log',
			min: 1,
			max: 1000,
			step: 0.1,
			default: 1
		},
		profiles: {
			type: 'range',
			label: 'Electorates drawn a point',
			scale: 'log',
			min: 100,
			max: 4000,
			step: 10,
			whole: true,
			default: 400,
			more: true
		}
	},
	presets: {
		two: {
			label: 'Three voters',
			reason:
				'Cycles are all but certain at 15 responses, while a winner is still as likely as not.',
			values: {}
		},
		many: {
			label: 'Many voters',
			reason: 'More voters make no paradox rarer: the right panel hardly falls.',
			values: { responses: 15, voters: 51 }
		},
		agree: {
			label: 'Voters who agree',
			reason: 'A favourite a hundred times the last: at few responses cycles nearly vanish.',
			values: { responses: 5, voters: 11, ratio: 100 },
			limit: true
		},
		even: {
			label: 'Four voters',
			reason: 'With ties there is often no winner and yet no cycle: outside the theorems.',
			values: { responses: 4, voters: 4 },
			limit: true
		}
	},
	quantities: {
		cycleByResponses: {
			label: 'A cycle',
			kind: 'sampled',
			role: 'failure',
			evidence: sampled
		},
		noWinnerByResponses: {
			label: 'No response beats all others',
			kind: 'sampled',
			role: 'policy',
			evidence: sampled
		},
		cycleByVoters: { label: 'A cycle', kind: 'sampled', role: 'failure', evidence: sampled },
		noWinnerByVoters: {
			label: 'No response beats all others',
			kind: 'sampled',
			role: 'policy',
			evidence: sampled
		},
		exactCycleByResponses: {
			label: 'Exact, where it was worked out',
			kind: 'exact',
			role: 'theory',
			mark: 'point',
			evidence: exact
		},
		exactNoWinnerByResponses: {
			label: 'Exact, where it was worked out',
			kind: 'exact',
			role: 'theory',
			mark: 'point',
			evidence: exact
		},
		exactCycleByVoters: {
			label: 'Exact, where it was worked out',
			kind: 'exact',
			role: 'theory',
			mark: 'point',
			evidence: exact
		},
		exactNoWinnerByVoters: {
			label: 'Exact, where it was worked out',
			kind: 'exact',
			role: 'theory',
			mark: 'point',
			evidence: exact
		},
		cycle: { label: 'A cycle', kind: 'sampled', unit: '%', digits: 1, evidence: sampled },
		noWinner: {
			label: 'No response beats all others',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence: sampled
		},
		exactCycle: { label: 'A cycle', kind: 'exact', unit: '%', digits: 2, evidence: exact },
		exactNoWinner: {
			label: 'No response beats all others',
			kind: 'exact',
			unit: '%',
			digits: 2,
			evidence: exact
		},
		manyVoters: {
			label: 'No such response, endless voters',
			kind: 'exact',
			unit: '%',
			digits: 2,
			evidence: exact
		}
	},
	random: true,
	long: true,
	*run({ responses, voters, ratio, profiles }, stream, { onProgress }) {
		const at = (n: number, m: number): Point => ({
			responses: n,
			voters: m,
			cycles: 0,
			noWinner: 0
		});
		const byResponses = withOwn(RESPONSES, responses).map((n) => at(n, voters));
		const byVoters = withOwn(VOTERS, voters).map((m) => at(responses, m));
		const fixed = {
			byResponses: byResponses.map(({ responses: n }) => n),
			byVoters: byVoters.map(({ voters: m }) => m),
			exactByResponses: exactOf(byResponses, ratio),
			exactByVoters: exactOf(byVoters, ratio),
			manyVoters:
				ratio === 1 && voters % 2 === 1 ? 1 - winnerProbabilityManyVoters(responses) : undefined
		};
		for (let part = 1, drawn = 0; part <= PARTS; part++) {
			const more = Math.round((profiles * part) / PARTS) - drawn;
			drawn += more;
			draw(byResponses, ratio, more, stream, part);
			draw(byVoters, ratio, more, stream, part);
			onProgress?.(part / PARTS);
			yield toResult(byResponses, byVoters, drawn, fixed);
		}
	},
	describe({ series, drawn, manyVoters, ...result }, { responses, voters, ratio }) {
		const { cycle, noWinner, exactNoWinner: known } = chosen({ series, ...result }, responses);
		const sentences = [
			`With ${responses} responses and ${voters} voter${voters === 1 ? '' : 's'}, ${print(100 * cycle)} % of ${drawn} electorates have a cycle and ${print(100 * noWinner)} % no response that beats all others${Number.isNaN(known) ? '' : `; the latter is ${print(100 * known)} % exactly`}.`
		];
		const { x, y } = series.cycleByResponses;
		const sure = x.find((_, i) => y[i] > 0.99);
		const other = sure === undefined ? NaN : series.noWinnerByResponses.y[x.indexOf(sure)];
		sentences.push(
			sure === undefined
				? `Up to ${x.at(-1)} responses no point of the left panel has a cycle in 99 % of the electorates.`
				: `Cycles pass 99 % at ${sure} responses, where ${print(100 * other)} % lack a response that beats all others.`
		);
		if (manyVoters !== undefined) {
			sentences.push(`With endless voters ${print(100 * manyVoters)} % would lack it.`);
		}
		if (ratio > 1) sentences.push('Voters here lean the same way, which makes both rarer.');
		return sentences;
	},
	table: ({ series, drawn }, { responses, voters }) => ({
		columns: [
			{ label: 'responses', digits: 0 },
			{ label: 'voters', digits: 0 },
			{ label: 'cycle, sampled' },
			{ label: 'cycle, exact', digits: 5 },
			{ label: 'no winner, sampled' },
			{ label: 'no winner, exact', digits: 5 },
			{ label: 'electorates', digits: 0 }
		],
		rows: (
			[
				['ByResponses', (x: number) => [x, voters]],
				['ByVoters', (x: number) => [responses, x]]
			] as const
		).flatMap(([by, place]) =>
			series[`cycle${by}`].x.map((x, i) => [
				...place(x),
				series[`cycle${by}`].y[i],
				orNothing(series[`exactCycle${by}`].y[i]),
				series[`noWinner${by}`].y[i],
				orNothing(series[`exactNoWinner${by}`].y[i]),
				drawn
			])
		)
	}),
	numbers(result, { responses }) {
		const { cycle, noWinner, exactCycle, exactNoWinner } = chosen(result, responses);
		return {
			cycle: 100 * cycle,
			noWinner: 100 * noWinner,
			...(Number.isNaN(exactCycle) ? {} : { exactCycle: 100 * exactCycle }),
			...(Number.isNaN(exactNoWinner) ? {} : { exactNoWinner: 100 * exactNoWinner }),
			...(result.manyVoters === undefined ? {} : { manyVoters: 100 * result.manyVoters })
		};
	},
	questions: {
		smallest: {
			type: 'number',
			ask: 'Three responses, three voters, each with one of the six orders at random. In what share of such electorates, in per cent, do the majorities run in a circle?',
			min: 0,
			max: 100,
			step: 0.5,
			unit: '%',
			near: 1,
			tooLow: 'It does happen: the three turned orders A, B, C; B, C, A; C, A, B make a circle.',
			tooHigh: 'All three voters must hold the three turnings of one order, each another.',
			answer: (at) => 100 * exactAt(at({ responses: 3 }), 3).cycle,
			explain: (at) =>
				`${print(100 * exactAt(at({ responses: 3 }), 3).cycle)} %: of the 216 electorates 12, one in eighteen.`
		},
		mixed: {
			type: 'choice',
			ask: 'Twenty responses, three voters. A cycle is all but certain. How likely is it that no response beats all others, so that the Nash policy must mix?',
			options: [
				{
					text: 'All but certain as well',
					feedback: 'A cycle may run among responses that the winner beats.'
				},
				{ text: 'About one in two', feedback: 'Look at the left panel at 20.' },
				{
					text: 'Below one in ten',
					feedback: 'With twenty rivals, beating all of them has become hard.'
				}
			],
			answer(at) {
				const chance = exactAt(at(), 20).noWinner;
				return chance > 0.9 ? 0 : chance > 0.1 ? 1 : 2;
			},
			explain: (at) =>
				`${print(100 * exactAt(at(), 20).noWinner)} %, exactly. The chance of a winner falls only like one over the square root of the number of responses, where that of no cycle falls exponentially.`
		}
	},
	standIns: [
		'Voters draw their orders at random (the Luce model); real labellers share tastes, and cycles among them are rarer.'
	],
	source: [
		'kernels/social-choice/paradoxFrequencies.ts',
		'kernels/social-choice/paradoxProbabilities.ts',
		'kernels/social-choice/winnerProbability.ts',
		'kernels/social-choice/winnerProbabilityManyVoters.ts',
		'kernels/social-choice/majorityOrder.ts',
		'kernels/social-choice/luceBallot.ts'
	]
});

const orNothing = (value: number) => (Number.isNaN(value) ? '' : value);

function exactOf(points: readonly Point[], ratio: number) {
	return {
		cycle: points.map(({ responses, voters }) => exactCycle(responses, voters, ratio)),
		noWinner: points.map(({ responses, voters }) => exactNoWinner(responses, voters, ratio))
	};
}

interface Fixed {
	byResponses: number[];
	byVoters: number[];
	exactByResponses: { cycle: number[]; noWinner: number[] };
	exactByVoters: { cycle: number[]; noWinner: number[] };
	manyVoters: number | undefined;
}

function toResult(
	byResponses: readonly Point[],
	byVoters: readonly Point[],
	drawn: number,
	fixed: Fixed
) {
	const share = (x: number[], hits: readonly number[]): Series => ({
		x,
		y: hits.map((count) => count / drawn)
	});
	const interval = (hits: readonly number[]) => {
		const ends = hits.map((count) => wilsonInterval(count, drawn));
		return { low: ends.map(({ low }) => low), high: ends.map(({ high }) => high) };
	};
	const cycles = (points: readonly Point[]) => points.map((point) => point.cycles);
	const noWinner = (points: readonly Point[]) => points.map((point) => point.noWinner);
	const { byResponses: n, byVoters: m } = fixed;
	return {
		drawn,
		manyVoters: fixed.manyVoters,
		/** 95 % intervals of what was drawn. */
		intervals: {
			cycleByResponses: interval(cycles(byResponses)),
			noWinnerByResponses: interval(noWinner(byResponses)),
			cycleByVoters: interval(cycles(byVoters)),
			noWinnerByVoters: interval(noWinner(byVoters))
		},
		series: {
			cycleByResponses: share(n, cycles(byResponses)),
			noWinnerByResponses: share(n, noWinner(byResponses)),
			cycleByVoters: share(m, cycles(byVoters)),
			noWinnerByVoters: share(m, noWinner(byVoters)),
			exactCycleByResponses: { x: n, y: fixed.exactByResponses.cycle },
			exactNoWinnerByResponses: { x: n, y: fixed.exactByResponses.noWinner },
			exactCycleByVoters: { x: m, y: fixed.exactByVoters.cycle },
			exactNoWinnerByVoters: { x: m, y: fixed.exactByVoters.noWinner }
		}
	};
}

/** What the left panel says at the chosen number of responses. */
function chosen({ series }: Pick<ReturnType<typeof toResult>, 'series'>, responses: number) {
	const i = series.cycleByResponses.x.indexOf(responses);
	return {
		cycle: series.cycleByResponses.y[i],
		noWinner: series.noWinnerByResponses.y[i],
		exactCycle: series.exactCycleByResponses.y[i],
		exactNoWinner: series.exactNoWinnerByResponses.y[i]
	};
}

function exactAt(result: Pick<ReturnType<typeof toResult>, 'series'>, responses: number) {
	const { exactCycle, exactNoWinner } = chosen(result, responses);
	return { cycle: exactCycle, noWinner: exactNoWinner };
}
