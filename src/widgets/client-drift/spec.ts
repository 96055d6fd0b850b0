import { print } from '$kernels/describe/print';
import { clientDrift } from '$kernels/federated/clientDrift';
import { defineWidget } from '$widgets/contract';

const LEARNING_RATE = 0.1;
const MOST_STEPS = 60;

const evidence = {
	test: 'tests/kernels/federated/clientDrift.test.ts',
	against: 'its closed form, and its limits E = 1 and E → ∞',
	tolerance: '1e-9'
};

export const spec = defineWidget({
	name: 'client-drift',
	version: 1,
	title: 'Do more local steps change where training ends?',
	paper: '10-pluralllm',
	params: {
		localSteps: {
			type: 'range',
			label: 'Local steps a round',
			symbol: 'E',
			help: 'Gradient steps that each client takes before the server averages. PluralLLM takes 6.',
			min: 1,
			max: MOST_STEPS,
			step: 1,
			whole: true,
			default: 6
		},
		clients: { type: 'stepper', label: 'Clients', min: 2, max: 5, step: 1, default: 2 },
		curvatures: {
			type: 'vector',
			label: 'How hard each client pulls',
			symbol: 'a_k',
			item: 'pull of client',
			length: 'clients',
			default: [1, 4],
			min: 0.5,
			max: 10,
			step: 0.5,
			minLength: 2,
			maxLength: 5
		},
		centres: {
			type: 'vector',
			label: 'Where each client pulls to',
			symbol: 'c_k',
			item: 'aim of client',
			length: 'clients',
			default: [0, 1],
			min: 0,
			max: 1,
			step: 0.1,
			minLength: 2,
			maxLength: 5
		},
		dominance: {
			type: 'range',
			label: 'Data of client 1, times the others’',
			symbol: 'n_1',
			min: 1,
			max: 20,
			step: 1,
			default: 1
		}
	},
	presets: {
		paper: {
			label: 'Six local steps',
			reason: 'The end is not the optimum of all clients together.',
			values: {}
		},
		one: {
			label: 'One local step',
			reason: 'Averaging after every step is plain gradient descent: no drift.',
			values: { localSteps: 1 }
		},
		many: {
			label: 'Sixty local steps',
			reason: 'Each client runs home before the average: how hard it pulls no longer counts.',
			values: { localSteps: MOST_STEPS },
			limit: true
		},
		alike: {
			label: 'Clients that pull alike',
			reason:
				'Different aims are no harm by themselves: with equal pull there is no drift at any E.',
			values: { curvatures: [3, 3] }
		},
		dominant: {
			label: 'One client with 20 times the data',
			reason: 'The average is all but one client’s.',
			values: { dominance: 20 },
			limit: true
		}
	},
	quantities: {
		path: { label: 'Shared model, round by round', kind: 'exact', role: 'policy', evidence },
		ends: { label: 'Where it ends, by local steps', kind: 'exact', role: 'theory', evidence },
		optimum: { label: 'Optimum of all', kind: 'exact', digits: 4, evidence },
		fixedPoint: { label: 'Ends at', kind: 'exact', digits: 4, evidence },
		bias: { label: 'Off by', kind: 'exact', digits: 4, evidence }
	},
	run({ localSteps, curvatures, centres, dominance }) {
		const counts = curvatures.map((_, k) => (k === 0 ? dominance : 1));
		const drift = (steps: number, rounds: number) =>
			clientDrift({
				curvatures,
				centres,
				counts,
				learningRate: LEARNING_RATE,
				localSteps: steps,
				rounds
			});
		const { trajectory, optimum, fixedPoint, bias } = drift(localSteps, 40);
		const steps = Array.from({ length: MOST_STEPS }, (_, i) => i + 1);
		return {
			optimum,
			fixedPoint,
			bias,
			localSteps,
			series: {
				path: { x: Array.from(trajectory, (_, round) => round), y: [...trajectory] },
				ends: { x: steps, y: steps.map((e) => drift(e, 0).fixedPoint) }
			}
		};
	},
	describe({ optimum, fixedPoint, bias, localSteps }) {
		const steps = `${localSteps} local step${localSteps === 1 ? '' : 's'} a round`;
		return Math.abs(bias) < 1e-9
			? [
					`With ${steps} the rounds end at ${print(fixedPoint)}, the optimum of all clients together.`
				]
			: [
					`With ${steps} the rounds end at ${print(fixedPoint)}, which is ${print(Math.abs(bias))} ${bias < 0 ? 'below' : 'above'} the optimum ${print(optimum)}.`
				];
	},
	table: ({ series: { path } }) => ({
		columns: [
			{ label: 'round', digits: 0 },
			{ label: 'shared model', digits: 5 }
		],
		rows: path.x.map((round, i) => [round, path.y[i]])
	}),
	numbers: ({ optimum, fixedPoint, bias }) => ({ optimum, fixedPoint, bias }),
	questions: {
		more: {
			type: 'choice',
			ask: 'Two clients want different things, and one pulls four times as hard. Each now takes 60 local steps a round instead of 6. Where does the shared model end?',
			options: [
				{
					text: 'Nearer to the optimum of both',
					feedback: 'More local steps reach the end in fewer rounds, but the end itself moves.'
				},
				{
					text: 'Farther from it',
					feedback: 'Think of what a client does in sixty steps by itself.'
				},
				{
					text: 'At the same place',
					feedback: 'That holds only where all clients pull equally hard.'
				}
			],
			answer(at) {
				const [six, sixty] = [6, MOST_STEPS].map((localSteps) => Math.abs(at({ localSteps }).bias));
				return sixty < six - 1e-9 ? 0 : sixty > six + 1e-9 ? 1 : 2;
			},
			explain(at) {
				const [six, sixty] = [6, MOST_STEPS].map((localSteps) => at({ localSteps }));
				return `It ends at ${print(six.fixedPoint)} with 6 and at ${print(sixty.fixedPoint)} with 60; the optimum is ${print(six.optimum)}. Each client runs all the way home, so the average is of their aims, and how hard they pull is forgotten.`;
			}
		}
	},
	standIns: [],
	source: ['kernels/federated/clientDrift.ts', 'kernels/federated/fedAvg.ts']
});
