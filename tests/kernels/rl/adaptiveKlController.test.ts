import { describe, expect, test } from 'vitest';
import { adaptiveKlController } from '../../../src/kernels/rl/adaptiveKlController';
import reference from '../../reference/adaptiveKl.json';
import { expectNear, section, type Encoded } from './outside';

interface Inputs {
	init: number;
	target: number;
	horizon: number;
	'updates [kl,n_steps]': [Encoded, number][];
}

describe('adaptive_kl_controller', () => {
	const { cases, tolerance } = section<Inputs, Encoded[]>(reference, 'adaptive_kl_controller');
	test.each(cases)('$name', ({ name, inputs, outputs, raises }) => {
		const { init, target, horizon } = inputs;
		let klCoef = init;
		const update = (i: number) => {
			const [kl, steps] = inputs['updates [kl,n_steps]'][i];
			klCoef = adaptiveKlController(klCoef, Number(kl), { target, horizon, steps }).klCoef;
		};
		if (raises) return expect(() => update(0)).toThrow('target must be positive, got 0');
		// verl's coefficient is NaN from then on; here it is refused
		if (name === 'NaN kl') return expect(() => update(0)).toThrow('kl must be finite, got NaN');
		outputs.forEach((want, i) => {
			update(i);
			expectNear(klCoef, want, tolerance);
		});
	});
});

const options = { target: 2, horizon: 100, steps: 10 };

test('it grows above the target, shrinks below, rests on it, and never by more than the clip', () => {
	expect(adaptiveKlController(0.1, 2, options)).toEqual({ klCoef: 0.1, error: 0, multiplier: 1 });
	expect(adaptiveKlController(0.1, 2.1, options).error).toBeCloseTo(0.05, 14);
	expect(adaptiveKlController(0.1, 1000, options).multiplier).toBeCloseTo(1.02, 14);
	expect(adaptiveKlController(0.1, -5, options).multiplier).toBeCloseTo(0.98, 14);
});

test('with a KL that falls as 1/β the coefficient settles where the KL is the target', () => {
	let klCoef = 0.01;
	for (let i = 0; i < 2000; i++) {
		klCoef = adaptiveKlController(klCoef, 1 / klCoef, options).klCoef;
	}
	// near the fixed point an update takes a tenth of the distance
	expect(klCoef).toBeCloseTo(1 / options.target, 10);
});

test.each([
	['klCoef', -1, 1, options],
	['kl', 0.1, Infinity, options],
	['steps', 0.1, 1, { ...options, steps: -1 }],
	['horizon', 0.1, 1, { ...options, horizon: 0 }]
])('a bad %s is refused by name', (name, klCoef, kl, given) => {
	expect(() => adaptiveKlController(klCoef, kl, given)).toThrow(RangeError);
	expect(() => adaptiveKlController(klCoef, kl, given)).toThrow(`adaptiveKlController: ${name}`);
});
