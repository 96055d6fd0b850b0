import { print } from '$kernels/describe/print';
import { playYield, type YieldPath } from '$kernels/traffic/playYield';
import { solveYield } from '$kernels/traffic/solveYield';
import { yieldGame, yieldSpeed } from '$kernels/traffic/yieldGame';
import { defineWidget } from '$widgets/contract';

const HORIZON = 8;
const COURTESIES = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
const SPEEDS = { '0': '10 m/s', '1': '20 m/s', '2': '30 m/s' };

const evidence = {
	test: 'tests/kernels/traffic/yieldGame.test.ts',
	against: 'every sequence of orders tried one by one, at courtesy 0.5',
	tolerance: '1e-9'
};

export const spec = defineWidget({
	name: 'yield-game',
	version: 1,
	title: 'Whose reward makes a car give way?',
	paper: '20-ccma',
	params: {
		courtesy: {
			type: 'range',
			label: 'Share of the other’s reward in each car’s wish',
			symbol: 'c',
			help: '0: own reward alone. 0.5: both want the mean of the two rewards.',
			min: 0,
			max: 0.5,
			step: 0.05,
			default: 0
		},
		leader: {
			type: 'choice',
			label: 'Commits first, each second',
			help: 'The other car sees the order and answers it.',
			options: { main: 'car on the main road', ramp: 'car on the ramp' },
			default: 'ramp'
		},
		rampX: {
			type: 'range',
			label: 'Ramp car starts at',
			whole: true,
			min: 310,
			max: 380,
			step: 10,
			default: 370,
			unit: 'm'
		},
		ahead: {
			type: 'range',
			label: 'Main-road car ahead of it by',
			help: 'Below 0 it starts behind the ramp car.',
			whole: true,
			min: -30,
			max: 20,
			step: 10,
			default: -10,
			unit: 'm'
		},
		mainSpeed: {
			type: 'choice',
			label: 'Main-road car’s speed',
			options: SPEEDS,
			default: '2',
			more: true
		},
		rampSpeed: {
			type: 'choice',
			label: 'Ramp car’s speed',
			options: SPEEDS,
			default: '1',
			more: true
		}
	},
	presets: {
		own: {
			label: 'Each for itself',
			reason: 'The ramp car cuts in, and the car on the main road has to brake.',
			values: {}
		},
		common: {
			label: 'Both for both',
			reason: 'Now the ramp car waits: it is the one that gives way at less cost.',
			values: { courtesy: 0.5 }
		},
		early: {
			label: 'Side by side, early',
			reason: 'With the common reward it is the main-road car that gives way.',
			values: {
				courtesy: 0.5,
				leader: 'main',
				rampX: 330,
				ahead: 0,
				mainSpeed: '1',
				rampSpeed: '2'
			}
		},
		insists: {
			label: 'The main road insists',
			reason: 'The same scene for own reward: whoever commits first does not give way.',
			values: { leader: 'main', rampX: 330, ahead: 0, mainSpeed: '1', rampSpeed: '2' }
		},
		politeness: {
			label: 'A little courtesy, less for both',
			reason: 'At 0.1 the two earn less together than at 0: courtesy does not help step by step.',
			values: { courtesy: 0.1, leader: 'main', rampX: 350, ahead: 0, rampSpeed: '2' },
			limit: true
		}
	},
	quantities: {
		main: { label: 'Car on the main road (M)', kind: 'exact', role: 'a', evidence },
		ramp: { label: 'Car on the ramp (R)', kind: 'exact', role: 'b', evidence },
		sums: { label: 'Sum of both rewards', kind: 'exact', role: 'c', mark: 'point', evidence },
		mainReturn: { label: 'M earns', kind: 'exact', digits: 2, evidence },
		rampReturn: { label: 'R earns', kind: 'exact', digits: 2, evidence },
		sum: { label: 'Together', kind: 'exact', digits: 2, evidence },
		optimum: { label: 'Together, at best', kind: 'exact', digits: 2, evidence },
		slowest: { label: 'M’s lowest speed', kind: 'exact', unit: 'm/s', digits: 0, evidence },
		states: { label: 'States solved', kind: 'exact', digits: 0, evidence }
	},
	long: true,
	run({ courtesy, leader, rampX, ahead, mainSpeed, rampSpeed }) {
		const onGrid = (x: number) => 10 * Math.round(x / 10);
		const game = yieldGame(
			{
				step: 0,
				mainX: onGrid(rampX) + onGrid(ahead),
				rampX: onGrid(rampX),
				mainSpeed: Number(mainSpeed),
				rampSpeed: Number(rampSpeed),
				merged: false,
				crashed: false
			},
			HORIZON
		);
		const solve = (c: number) => solveYield(game, { courtesy: c, leader });
		const sums = COURTESIES.map((c) => {
			const { main, ramp } = solve(c);
			return main[0] + ramp[0];
		});
		const { orders } = solve(courtesy);
		const path = playYield(game, (state) => orders[state]);
		const seconds = path.states.map(({ step }) => step);
		return {
			path,
			states: game.states.length,
			optimum: sums.at(-1)!,
			series: {
				main: { x: seconds, y: path.states.map((state) => state.mainX) },
				ramp: { x: seconds, y: path.states.map((state) => state.rampX) },
				sums: { x: COURTESIES, y: sums }
			}
		};
	},
	describe({ path, optimum }) {
		const { main, ramp } = path.returns;
		const last = path.states.at(-1)!;
		const lost = optimum - main - ramp;
		const sentences = [
			last.crashed
				? 'The cars crash.'
				: `${mergeSaid(path)} M earns ${print(main)} and R ${print(ramp)} in ${HORIZON} seconds.`
		];
		sentences.push(
			lost > 0.005
				? `Together that is ${print(main + ramp)}, ${print(lost)} less than the best two cars can do.`
				: `Together that is ${print(main + ramp)}, the best two cars can do.`
		);
		return sentences;
	},
	table: ({ path }) => ({
		columns: [
			{ label: 'second', digits: 0 },
			{ label: 'M at', unit: 'm', digits: 0 },
			{ label: 'M’s speed', unit: 'm/s', digits: 0 },
			{ label: 'M’s order' },
			{ label: 'M’s reward', digits: 3 },
			{ label: 'R at', unit: 'm', digits: 0 },
			{ label: 'R’s speed', unit: 'm/s', digits: 0 },
			{ label: 'R’s order' },
			{ label: 'R’s reward', digits: 3 }
		],
		rows: path.moves.map((move, i) => {
			const state = path.states[i + 1];
			return [
				i + 1,
				state.mainX,
				yieldSpeed(state.mainSpeed),
				ORDER_SAID[move.main],
				path.rewards.main[i],
				state.rampX,
				yieldSpeed(state.rampSpeed),
				ORDER_SAID[move.ramp],
				path.rewards.ramp[i]
			];
		})
	}),
	numbers: ({ path, optimum, states }) => ({
		mainReturn: path.returns.main,
		rampReturn: path.returns.ramp,
		sum: path.returns.main + path.returns.ramp,
		optimum,
		slowest: slowest(path),
		states
	}),
	playback: {
		length: ({ path }) => path.states.length,
		rate: 1,
		says({ path }, moment) {
			const state = path.states[moment];
			const where = `M at ${state.mainX} m, ${yieldSpeed(state.mainSpeed)} m/s; R at ${state.rampX} m, ${yieldSpeed(state.rampSpeed)} m/s, ${state.merged ? 'on the main road' : 'on the ramp'}`;
			return `${moment} s: ${where}${state.crashed ? '; they crash' : ''}.`;
		},
		still: ({ path }) => Math.min(3, path.states.length - 1)
	},
	questions: {
		yields: {
			type: 'choice',
			ask: 'A car on the ramp has 50 m of lane left, at 20 m/s. A car on the main road comes from 10 m behind at 30 m/s. The ramp car commits first, and each cares for its own reward alone. What does the car on the main road do?',
			options: [
				{
					text: 'It keeps its speed: courtesy pays it nothing',
					feedback: 'Courtesy pays nothing. But a crash costs 200, and the ramp car has committed.'
				},
				{
					text: 'It brakes',
					feedback: 'Watch its speed in the figure once more.'
				}
			],
			answer: (at) => (slowest(at().path) < 30 ? 1 : 0),
			explain(at) {
				const { path } = at();
				const common = at({ courtesy: 0.5 }).path;
				return `It brakes to ${slowest(path)} m/s. The ramp car cuts in because it knows that the other will not crash: M earns ${print(path.returns.main)} and R ${print(path.returns.ramp)}. With the common reward R waits, and they earn ${print(common.returns.main)} and ${print(common.returns.ramp)}.`;
			}
		},
		monotone: {
			type: 'choice',
			ask: 'Both cars start side by side at 350 m and 30 m/s, and the main-road car commits first. Courtesy c rises from 0 through 0.1 to 0.5. What happens to the sum of both rewards?',
			options: [
				{
					text: 'It rises all the way',
					feedback: 'The best is at 0.5, but look at 0.1 on the way.'
				},
				{
					text: 'It falls first, then rises',
					feedback: 'Compare the sums at 0, 0.1 and 0.5 once more.'
				},
				{
					text: 'It stays, two cars settle it either way',
					feedback: 'Two cars settle it, but not at the same cost.'
				}
			],
			answer(at) {
				const [none, little, full] = beside(at);
				return little < none - 0.01 ? 1 : full > none + 0.01 ? 0 : 2;
			},
			explain(at) {
				const [none, little, full] = beside(at);
				return `The sum is ${print(none)} at 0, ${print(little)} at 0.1 and ${print(full)} at 0.5. A little courtesy makes the first to commit hold back, and the other takes what is offered.`;
			}
		}
	},
	standIns: [
		'Three speeds in place of five and one decision a second in place of five, so that every state can be solved.'
	],
	source: [
		'kernels/traffic/yieldGame.ts',
		'kernels/traffic/solveYield.ts',
		'kernels/traffic/playYield.ts',
		'kernels/traffic/mergeReward.ts'
	]
});

export const ORDER_SAID = { idle: 'hold', faster: 'faster', slower: 'slower', merge: 'merge' };

function slowest({ states }: YieldPath): number {
	return Math.min(...states.map(({ mainSpeed }) => yieldSpeed(mainSpeed)));
}

function mergeSaid({ moves, states }: YieldPath): string {
	const second = moves.findIndex(({ ramp }) => ramp === 'merge');
	if (second < 0) return 'R does not get onto the main road.';
	const { mainX, rampX } = states[second + 1];
	const gap = Math.abs(mainX - rampX);
	return `R merges in second ${second + 1}, ${gap} m ${rampX > mainX ? 'ahead of' : 'behind'} M.`;
}

type At = (changed?: object) => { series: { sums: { y: readonly number[] } } };

/** Sums at courtesy 0, 0.1 and 0.5 of two cars that start side by side. */
function beside(at: At): number[] {
	const { y } = at({ leader: 'main', rampX: 350, ahead: 0, rampSpeed: '2' }).series.sums;
	return [0, 0.1, 0.5].map((c) => y[COURTESIES.indexOf(c)]);
}
