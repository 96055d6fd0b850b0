import { print } from '$kernels/describe/print';
import { extremes } from '$kernels/describe/extremes';
import { mergeReward } from '$kernels/traffic/mergeReward';
import { MERGE_ZONE } from '$kernels/traffic/mergeRoad';
import { defineWidget } from '$widgets/contract';

const SPEEDS = Array.from({ length: 101 }, (_, i) => 10 + 0.2 * i);

const evidence = {
	test: 'tests/kernels/traffic/mergeReward.test.ts',
	against: 'the environment’s own function, 33 cases, and its optimum in closed form',
	tolerance: '1e-12'
};

export const spec = defineWidget({
	name: 'merge-reward',
	version: 1,
	title: 'What does one moment on the road pay?',
	paper: '20-ccma',
	params: {
		speed: {
			type: 'range',
			label: 'Speed',
			symbol: 'v',
			min: 10,
			max: 30,
			step: 0.5,
			default: 26,
			unit: 'm/s'
		},
		headway: {
			type: 'range',
			label: 'Distance to the car ahead',
			symbol: 'd',
			help: 'From centre to centre. Beyond 60 m counts as 60.',
			min: 5,
			max: 60,
			step: 1,
			default: 24,
			unit: 'm'
		},
		x: {
			type: 'range',
			label: 'Place along the road',
			symbol: 'x',
			min: 320,
			max: 420,
			step: 1,
			default: 360,
			unit: 'm'
		},
		onMergeLane: {
			type: 'switch',
			label: 'On the lane that ends',
			default: false
		},
		cars: {
			type: 'stepper',
			label: 'Cars that share the reward',
			symbol: 'n',
			help: 'What a crash of this car would cost each in the mean of all.',
			min: 1,
			max: 6,
			step: 1,
			default: 4
		}
	},
	presets: {
		follow: {
			label: 'Following',
			reason:
				'At 24 m the best speed is 20 m/s; beyond it the distance costs more than speed pays.',
			values: {}
		},
		free: {
			label: 'A free road',
			reason: 'With 36 m or more ahead, the best is 1, at 30 m/s.',
			values: { speed: 30, headway: 60 }
		},
		lastMetres: {
			label: 'The last metres of the lane',
			reason: 'Here waiting costs almost 4 for each decision.',
			values: { onMergeLane: true, x: 415, speed: 15, headway: 60 }
		},
		tooLate: {
			label: 'The same lane, 60 m earlier',
			reason: 'No warning yet: the price of the lane is felt only near its end.',
			values: { onMergeLane: true, x: 355, speed: 30, headway: 60 },
			limit: true
		}
	},
	quantities: {
		total: { label: 'Reward', kind: 'exact', role: 'policy', evidence },
		speedTerm: { label: 'Speed term', kind: 'exact', role: 'success', evidence },
		headwayTerm: { label: 'Distance term', kind: 'exact', role: 'failure', evidence },
		now: { label: 'Reward now', kind: 'exact', evidence },
		laneTerm: { label: 'Lane term now', kind: 'exact', evidence },
		bestSpeed: { label: 'Best speed here', kind: 'exact', unit: 'm/s', digits: 1, evidence },
		crashShare: { label: 'A crash, in the mean of all', kind: 'exact', digits: 1, evidence }
	},
	run({ speed, headway, x, onMergeLane, cars }) {
		const at = (v: number, crashed = false) =>
			mergeReward({ speed: v, headway, x, onMergeLane, crashed });
		const curves = SPEEDS.map((v) => at(v));
		const totals = curves.map(({ total }) => total);
		return {
			now: at(speed),
			best: extremes(SPEEDS, totals).high,
			crashShare: at(speed, true).crash / Math.round(cars),
			place: { speed, headway, x, onMergeLane },
			series: {
				total: { x: SPEEDS, y: totals },
				speedTerm: { x: SPEEDS, y: curves.map((terms) => terms.speed) },
				headwayTerm: { x: SPEEDS, y: curves.map((terms) => terms.headway) }
			}
		};
	},
	describe({ now, best, place }) {
		const lane = place.onMergeLane
			? ` Being on the lane that ends, ${print(MERGE_ZONE.end - place.x)} m before its end, costs ${print(-now.mergeLane)}.`
			: '';
		return [
			`At ${print(place.speed)} m/s and ${print(place.headway)} m the reward is ${print(now.total)}: ${print(now.speed)} for speed, ${print(now.headway)} for distance.${lane}`,
			`The best speed here is ${print(best.x)} m/s.`
		];
	},
	table: ({ series: { total, speedTerm, headwayTerm } }) => ({
		columns: [
			{ label: 'speed', unit: 'm/s', digits: 1 },
			{ label: 'reward', digits: 4 },
			{ label: 'speed term', digits: 4 },
			{ label: 'distance term', digits: 4 }
		],
		rows: SPEEDS.map((v, i) => [v, total.y[i], speedTerm.y[i], headwayTerm.y[i]])
	}),
	numbers: ({ now, best, crashShare }) => ({
		now: now.total,
		laneTerm: now.mergeLane,
		bestSpeed: best.x,
		crashShare
	}),
	questions: {
		best: {
			type: 'number',
			ask: 'A car follows another at 24 m, both steady. Speed is paid by 1/20 for each m/s above 10; distances shorter than 1.2 seconds of driving cost 4·ln(d/(1.2·v)). Which speed between 10 and 30 m/s pays best?',
			min: 10,
			max: 30,
			step: 0.5,
			unit: 'm/s',
			near: 0.5,
			tooLow: 'Up to 24/1.2 the distance costs nothing, and each m/s more is paid.',
			tooHigh: 'Past 24/1.2 each m/s costs 4/v and pays only 1/20.',
			answer: (at) => at().best.x,
			explain: (at) =>
				`It is ${print(at().best.x)} m/s = 24/1.2, with a reward of ${print(at().best.y)}. Faster, the distance costs 4/v a metre per second and speed pays 1/20.`
		},
		diluted: {
			type: 'number',
			ask: 'Four cars share the mean of their rewards. One of them crashes, which costs it 200. How much does each of the four lose by that?',
			min: 0,
			max: 200,
			step: 5,
			near: 2,
			tooLow: 'The mean of four numbers, one of them −200.',
			tooHigh: 'The crash is counted once and shared by four.',
			answer: (at) => -at({ cars: 4 }).crashShare,
			explain: (at) =>
				`Each loses ${print(-at({ cars: 4 }).crashShare)}: the one that crashed feels a quarter of it, and three that did nothing feel as much.`
		}
	},
	standIns: [],
	source: ['kernels/traffic/mergeReward.ts', 'kernels/traffic/rewardLevels.ts']
});
