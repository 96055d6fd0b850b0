import { print } from '$kernels/describe/print';
import { driveCascade, type CascadeLevel, type CascadeRun } from '$kernels/traffic/cascade';
import type { StoredDecision } from '$kernels/traffic/decisionMemory';
import { drawScene } from '$kernels/traffic/drawScene';
import { createDriver, type DriverValues } from '$kernels/traffic/mergeDriver';
import { laneOf, type Car } from '$kernels/traffic/mergeWorld';
import { trainDrivers, TRAIN_DRIVERS_DEFAULTS } from '$kernels/traffic/trainDrivers';
import { defineWidget } from '$widgets/contract';

const LEVELS = ['individual', 'regional', 'global'] as const satisfies CascadeLevel[];
const SUBSTEPS = 15;
/** Moments of the drawing in one decision. */
const PER_DECISION = 5;
const BLOCKS = 20;

const evidence = {
	test: 'tests/kernels/traffic/cascade.test.ts',
	against: 'joint orders tried one by one, and 20 seeds of the effect',
	tolerance: 'exact for the orders'
};
const world = {
	test: 'tests/kernels/traffic/mergeReward.test.ts',
	against: 'the environment’s own code',
	tolerance: '1e-12'
};

export const spec = defineWidget({
	name: 'merge-cascade',
	version: 1,
	title: 'What does each level of the cascade add?',
	paper: '20-ccma',
	params: {
		density: {
			type: 'choice',
			label: 'Traffic',
			options: { light: 'light', medium: 'medium', dense: 'dense' },
			default: 'medium'
		},
		hallucination: {
			type: 'range',
			label: 'Random orders of the regional level',
			symbol: 'ε',
			help: 'How often its advice for a car is a random order instead.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0
		},
		shown: {
			type: 'choice',
			label: 'Drawn: driven by',
			options: {
				individual: 'each car alone',
				regional: '+ regional level',
				global: '+ global level'
			},
			default: 'individual'
		},
		scene: { type: 'stepper', label: 'Drawn: scene', min: 1, max: 12, step: 1, default: 1 },
		recalled: {
			type: 'stepper',
			label: 'Cases recalled by the global level',
			symbol: 'k',
			min: 0,
			max: 15,
			step: 1,
			default: 5,
			more: true
		},
		level: {
			type: 'choice',
			label: 'Reward that the cars learn from',
			options: { individual: 'own', regional: 'of the region', global: 'of all' },
			default: 'individual',
			more: true
		},
		episodes: {
			type: 'range',
			label: 'Episodes of training',
			scale: 'log',
			whole: true,
			min: 20,
			max: 2000,
			step: 10,
			default: TRAIN_DRIVERS_DEFAULTS.episodes,
			more: true
		},
		scenes: {
			type: 'stepper',
			label: 'Scenes to test',
			min: 12,
			max: 60,
			step: 4,
			default: 12,
			more: true
		}
	},
	presets: {
		medium: {
			label: 'Medium traffic',
			reason: 'Cars that learned alone crash often; a look at the region helps most.',
			values: {}
		},
		light: {
			label: 'Light traffic',
			reason: 'With few cars, each alone does well already.',
			values: { density: 'light' }
		},
		dense: {
			label: 'Dense traffic',
			reason: 'Alone they hardly ever make it.',
			values: { density: 'dense', shown: 'regional' }
		},
		hallucinates: {
			label: 'Half of the advice is random',
			reason:
				'In light traffic two levels now do worse than each car alone, and the global level mends it.',
			values: { density: 'light', hallucination: 0.5, shown: 'regional' },
			seed: 6,
			limit: true
		},
		shared: {
			label: 'Trained on everyone’s reward',
			reason: 'Each car learns far less from a reward that the others blur.',
			values: { level: 'global' },
			limit: true
		}
	},
	quantities: {
		learning: {
			label: 'Scenes merged while training',
			kind: 'trained here',
			role: 'policy',
			evidence
		},
		success: {
			label: 'Scenes merged in the test',
			kind: 'sampled',
			role: 'policy',
			mark: 'bar',
			evidence
		},
		individual: { label: 'Each car alone', kind: 'sampled', digits: 2, evidence },
		regional: { label: '+ regional level', kind: 'sampled', digits: 2, evidence },
		global: { label: '+ global level', kind: 'sampled', digits: 2, evidence },
		reward: { label: 'Mean reward, scene drawn', kind: 'sampled', digits: 2, evidence: world }
	},
	random: true,
	long: true,
	*run(values, stream, { signal, onProgress }) {
		const { density, level, hallucination, shown } = values;
		const episodes = Math.round(values.episodes);
		const scenes = Math.round(values.scenes);
		const drawn = Math.round(values.scene) - 1;
		const blocks = Array.from({ length: BLOCKS }, (_, i) => ((i + 1) * episodes) / BLOCKS);
		const training = trainDrivers({ density, level, episodes }, stream.split('training'));
		let learning = blocks.map(() => NaN);
		let table: DriverValues = createDriver();
		for (const { values: learned, successes } of training) {
			signal?.throwIfAborted();
			onProgress?.((0.5 * successes.length) / episodes);
			table = learned;
			learning = blocks.map((end, i) => {
				const block = successes.slice(Math.floor((i * episodes) / BLOCKS), Math.floor(end));
				if (successes.length < Math.floor(end) || block.length === 0) return NaN;
				return block.reduce((sum, success) => sum + success, 0) / block.length;
			});
		}
		const memory: StoredDecision[] = [];
		const won = LEVELS.map(() => 0);
		let film: CascadeRun | undefined;
		for (let s = 0; s < scenes; s++) {
			const own = stream.split(`scene ${s}`);
			LEVELS.forEach((by, i) => {
				signal?.throwIfAborted();
				const run = driveCascade(
					drawScene(density, own.split('cars')),
					table,
					memory,
					{
						level: by,
						hallucination,
						depth: 2,
						recalled: Math.round(values.recalled),
						substeps: SUBSTEPS
					},
					own.split('orders')
				);
				won[i] += Number(run.success);
				if (s === drawn && by === shown) film = run;
			});
			onProgress?.(0.5 + (0.5 * (s + 1)) / scenes);
			if (film) {
				yield {
					film: { ...film, moments: film.moments.map((cars) => cars.map(shorten)) },
					tested: s + 1,
					rates: won.map((wins) => wins / (s + 1)),
					density,
					series: { learning: { x: blocks, y: learning } }
				};
			}
		}
	},
	describe({ film, rates, tested, density }) {
		const [alone, region, all] = rates.map((rate) => `${print(100 * rate)}\u00a0%`);
		const end = film.success
			? 'In the scene drawn every car merges.'
			: film.crashed
				? 'In the scene drawn there is a crash.'
				: 'In the scene drawn not every car merges in time.';
		return [
			`In ${density} traffic, of ${tested} scenes each car alone merges in ${alone}, with the regional level in ${region}, with the global level in ${all}.`,
			end
		];
	},
	table: ({ film }) => ({
		columns: [
			{ label: 'second', digits: 0 },
			{ label: 'car' },
			{ label: 'at', unit: 'm', digits: 0 },
			{ label: 'speed', unit: 'm/s', digits: 1 },
			{ label: 'order' },
			{ label: 'given by' }
		],
		rows: film.orders.flatMap((orders, second) =>
			orders.map(({ action, by }, i) => {
				const car = film.moments[second * PER_DECISION][i];
				return [second, `car ${i + 1}`, car.x, car.speed, action, by];
			})
		)
	}),
	numbers: ({ rates: [individual, regional, global], film }) => ({
		individual,
		regional,
		global,
		reward: film.reward
	}),
	playback: {
		length: ({ film }) => film.moments.length,
		rate: 5,
		says({ film }, moment) {
			const cars = film.moments[moment];
			const controlled = cars.filter((car) => car.controlled);
			const merged = controlled.filter((car) => laneOf(car) === 'main').length;
			const crashed = cars.some((car) => car.crashed);
			return `${(moment / PER_DECISION).toFixed(1)} s: ${merged} of ${controlled.length} controlled cars on the main road${crashed ? '; crash' : ''}.`;
		},
		still({ film }) {
			const merging = film.moments.findIndex((cars) =>
				cars.some((car) => car.controlled && car.towards === 'main' && car.y > 1 && car.y < 3)
			);
			return merging < 0 ? film.moments.length - 1 : merging;
		}
	},
	questions: {
		adds: {
			type: 'choice',
			ask: 'In medium traffic, three ways to drive the same scenes: each car by its own learned policy, with a regional level that looks ahead for neighbouring cars together, and with a global level on top that judges by everyone’s reward and recalls past cases. Which step adds most?',
			options: [
				{
					text: 'From each alone to the regional level',
					feedback: 'Compare the three bars over several seeds.'
				},
				{
					text: 'From the regional to the global level',
					feedback: 'There is little left to add once neighbours agree.'
				},
				{
					text: 'Both alike',
					feedback: 'Compare the three bars over several seeds.'
				}
			],
			answer(at) {
				const [alone, region, all] = rates(at);
				const [first, second] = [region - alone, all - region];
				return Math.abs(first - second) < 0.05 ? 2 : first > second ? 0 : 1;
			},
			explain(at) {
				const [alone, region, all] = rates(at).map((rate) => `${print(100 * rate)}\u00a0%`);
				return `Over 4 seeds of 12 scenes: ${alone} alone, ${region} with the regional level, ${all} with both. What the global level does is to catch bad advice: give the regional level some random orders and look again.`;
			}
		}
	},
	standIns: [
		'The regional level is a look-ahead over joint orders in the same simulator, with a rate of random orders; in the paper it is a fine-tuned language model that sees an image of the road.',
		'The global level picks by everyone’s reward, looked ahead, among the orders so far and a majority of recalled cases; in the paper a language model refines decisions with retrieved cases.',
		'A table of action values stands in for the cars’ neural networks.'
	],
	source: [
		'kernels/traffic/cascade.ts',
		'kernels/traffic/trainDrivers.ts',
		'kernels/traffic/lookAhead.ts',
		'kernels/traffic/decisionMemory.ts',
		'kernels/traffic/mergeWorld.ts',
		'kernels/traffic/acceptGap.ts',
		'kernels/traffic/idmAcceleration.ts',
		'kernels/traffic/mergeReward.ts'
	]
});

/** What the drawing needs of a car. */
function shorten({ x, y, speed, controlled, crashed, towards }: Car) {
	return { x, y, speed, controlled, crashed, towards };
}

function rates(at: (changed?: object, seed?: number) => { rates: number[] }): number[] {
	const runs = [1, 2, 3, 4].map((seed) => at({}, seed).rates);
	return LEVELS.map((_, i) => runs.reduce((sum, run) => sum + run[i], 0) / runs.length);
}
