import { print } from '$kernels/describe/print';
import { greedyJoint, learnYield, type YieldLearners } from '$kernels/traffic/learnYield';
import { playYield } from '$kernels/traffic/playYield';
import { solveYield } from '$kernels/traffic/solveYield';
import { yieldGame, type YieldGame } from '$kernels/traffic/yieldGame';
import { defineWidget } from '$widgets/contract';

const HORIZON = 8;
const CHECKS = 50;

/** First places in m and speeds as 0, 1, 2 for 10, 20, 30 m/s. */
const SCENES = {
	late: { mainX: 360, rampX: 370, mainSpeed: 2, rampSpeed: 1 },
	early: { mainX: 330, rampX: 330, mainSpeed: 1, rampSpeed: 2 },
	beside: { mainX: 350, rampX: 350, mainSpeed: 2, rampSpeed: 2 }
};

const exact = {
	test: 'tests/kernels/traffic/yieldGame.test.ts',
	against: 'every sequence of orders tried one by one',
	tolerance: '1e-9'
};
const trained = {
	test: 'tests/kernels/traffic/yieldGame.test.ts',
	against: 'the exact optimum, where no rival is near',
	tolerance: '1e-6'
};

export const spec = defineWidget({
	name: 'courtesy-learning',
	version: 1,
	title: 'Does a common reward teach better than one’s own?',
	paper: '20-ccma',
	params: {
		scene: {
			type: 'choice',
			label: 'Scene',
			options: {
				late: 'late: 50 m of lane left, a faster car close behind',
				early: 'early: side by side, 90 m of lane left',
				beside: 'side by side at 30 m/s, 70 m left'
			},
			default: 'late'
		},
		courtesy: {
			type: 'range',
			label: 'Share of the other’s reward, second pair',
			symbol: 'c',
			help: 'The first pair is always paid its own reward. 0.5 is the mean of both.',
			min: 0.05,
			max: 0.5,
			step: 0.05,
			default: 0.5
		},
		episodes: {
			type: 'range',
			label: 'Episodes',
			scale: 'log',
			whole: true,
			min: 500,
			max: 40_000,
			step: 500,
			default: 8000
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			symbol: 'α',
			scale: 'log',
			min: 0.02,
			max: 1,
			step: 0.01,
			default: 0.1
		},
		exploration: {
			type: 'range',
			label: 'Random orders at the start',
			symbol: 'ε',
			help: 'Falls in a straight line to 0 at the last episode.',
			min: 0.05,
			max: 1,
			step: 0.05,
			default: 0.5
		}
	},
	presets: {
		late: {
			label: 'The lane is about to end',
			reason: 'The common reward has the better optimum, and the worse learners.',
			values: {},
			limit: true
		},
		early: {
			label: 'Time to settle it',
			reason: 'Early on the two rewards teach much the same.',
			values: { scene: 'early' }
		},
		patient: {
			label: 'Five times the episodes',
			reason: 'The gap narrows and stays.',
			values: { episodes: 40_000 },
			limit: true
		},
		calm: {
			label: 'Little exploration',
			reason: 'Fewer random orders are no cure: what two learners settle on early, they keep.',
			values: { exploration: 0.1 },
			limit: true
		}
	},
	quantities: {
		own: { label: 'Paid its own reward', kind: 'trained here', role: 'a', evidence: trained },
		shared: { label: 'Paid for the other too', kind: 'trained here', role: 'b', evidence: trained },
		ownSum: { label: 'Own reward: together', kind: 'trained here', digits: 2, evidence: trained },
		sharedSum: {
			label: 'Other’s too: together',
			kind: 'trained here',
			digits: 2,
			evidence: trained
		},
		optimum: { label: 'Best there is', kind: 'exact', digits: 2, evidence: exact }
	},
	random: true,
	long: true,
	*run({ scene, courtesy, episodes, learningRate, exploration }, stream, { signal, onProgress }) {
		const game = yieldGame({ ...SCENES[scene], step: 0, merged: false, crashed: false }, HORIZON);
		const { main, ramp } = solveYield(game, { courtesy: 0.5, leader: 'main' });
		const optimum = main[0] + ramp[0];
		const count = Math.round(episodes);
		const every = Math.ceil(count / CHECKS);
		const x = Array.from({ length: CHECKS }, (_, i) => Math.min(count, (i + 1) * every));
		const curves = { own: x.map(() => NaN), shared: x.map(() => NaN) };
		const ends = { own: nothing(), shared: nothing() };
		const arms = (
			[
				['own', 0],
				['shared', courtesy]
			] as const
		).map(([name, share]) => ({
			name,
			run: learnYield(game, stream.split(name), {
				courtesy: share,
				episodes: count,
				learningRate,
				exploration
			}),
			checked: 0
		}));
		for (let going = true; going;) {
			going = false;
			signal?.throwIfAborted();
			for (const arm of arms) {
				const { value, done } = arm.run.next();
				if (done) continue;
				going = true;
				const end = greedyEnd(game, value);
				ends[arm.name] = end;
				while (arm.checked < CHECKS && x[arm.checked] <= value.episodes) {
					curves[arm.name][arm.checked++] = end.main + end.ramp;
				}
			}
			onProgress?.(arms[1].checked / CHECKS);
			if (going) {
				yield {
					optimum,
					own: ends.own,
					shared: ends.shared,
					series: {
						own: { x, y: [...curves.own] },
						shared: { x, y: [...curves.shared] }
					}
				};
			}
		}
	},
	describe({ optimum, own, shared }) {
		const said = ({ main, ramp, crashed }: End) =>
			crashed
				? 'crashes'
				: `earns ${print(main + ramp)} together (M ${print(main)}, R ${print(ramp)})`;
		return [
			`The pair paid its own reward ${said(own)}; the pair paid for the other too ${said(shared)}.`,
			`The best two cars can do is ${print(optimum)}.`
		];
	},
	table: ({ series: { own, shared } }) => ({
		columns: [
			{ label: 'episodes', digits: 0 },
			{ label: 'sum, own reward', digits: 2 },
			{ label: 'sum, other’s too', digits: 2 }
		],
		rows: own.x.map((episode, i) => [episode, orBlank(own.y[i]), orBlank(shared.y[i])])
	}),
	numbers: ({ optimum, own, shared }) => ({
		ownSum: own.main + own.ramp,
		sharedSum: shared.main + shared.ramp,
		optimum
	}),
	questions: {
		teacher: {
			type: 'choice',
			ask: 'Two independent learners in the late scene, 8,000 episodes. One pair is paid each its own reward, one pair the mean of both. Which pair ends with the higher sum of rewards?',
			options: [
				{
					text: 'The pair paid the mean: it is the thing being measured',
					feedback:
						'It has the right goal. But in each one’s pay there is now the noise of the other’s random orders.'
				},
				{
					text: 'The pair paid its own reward',
					feedback: 'Compare the two over many seeds.'
				},
				{ text: 'No difference', feedback: 'Compare the two over many seeds.' }
			],
			answer(at) {
				const { own, shared } = means(at);
				return shared > own + 0.2 ? 0 : own > shared + 0.2 ? 1 : 2;
			},
			explain(at) {
				const { own, shared } = means(at);
				return `Over 20 seeds the first pair ends with ${print(own)} and the second with ${print(shared)}; the best there is is ${print(at().optimum)}. The common reward is the better goal and, for learners that ignore each other, the worse teacher.`;
			}
		}
	},
	standIns: [
		'Tables of action values stand in for neural networks, and two cars on a grid of 10 m for the road.'
	],
	source: [
		'kernels/traffic/learnYield.ts',
		'kernels/traffic/yieldGame.ts',
		'kernels/traffic/solveYield.ts',
		'kernels/traffic/mergeReward.ts'
	]
});

interface End {
	main: number;
	ramp: number;
	crashed: boolean;
}

const nothing = (): End => ({ main: 0, ramp: 0, crashed: false });

/** What both earn when they play what they have learned so far, without random orders. */
function greedyEnd(game: YieldGame, learners: YieldLearners): End {
	const { returns, states } = playYield(game, (state) => greedyJoint(game, learners, state));
	return { ...returns, crashed: states.at(-1)!.crashed };
}

function means(at: (changed?: object, seed?: number) => { own: End; shared: End }) {
	const ends = Array.from({ length: 20 }, (_, i) => at({}, i + 1));
	const mean = (read: (end: (typeof ends)[0]) => End) =>
		ends.reduce((sum, end) => sum + read(end).main + read(end).ramp, 0) / ends.length;
	return { own: mean(({ own }) => own), shared: mean(({ shared }) => shared) };
}

function orBlank(value: number): number | string {
	return Number.isNaN(value) ? '' : value;
}
