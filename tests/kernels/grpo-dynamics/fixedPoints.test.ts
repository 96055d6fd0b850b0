import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logit, sigmoid } from '../../../src/kernels/core/sigmoid';
import { cobwebOrbit } from '../../../src/kernels/grpo-dynamics/cobwebOrbit';
import { criticalBeta } from '../../../src/kernels/grpo-dynamics/criticalBeta';
import { fixedPoints } from '../../../src/kernels/grpo-dynamics/fixedPoints';
import { orbitLimit } from '../../../src/kernels/grpo-dynamics/orbitLimit';
import {
	successMap,
	successMapLogit,
	successMapLogitSlope
} from '../../../src/kernels/grpo-dynamics/successMap';
import { successStep } from '../../../src/kernels/grpo-dynamics/successVariants';
import reference from '../../reference/grpoDynamics.json';

describe('computed apart from this project', () => {
	const section = reference.sections.find(({ name }) => name.startsWith('recurrence'))!;
	const cases = section.cases as unknown as {
		name: string;
		inputs: { beta: number; p_ref: number; eps: number };
		outputs: {
			logit_1000: number;
			limit_behaviour: 'fixed point' | '2-cycle';
			fixed_points: { '1-p': number; logit: number; "h'(p)": number; stable: boolean }[];
		};
	}[];
	const { rtol, atol } = section.tolerance;
	const near = (got: number, want: number) =>
		expect(Math.abs(got - want)).toBeLessThanOrEqual(atol + rtol * Math.abs(want));
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const params = { pRef: inputs.p_ref, beta: inputs.beta, epsilon: inputs.eps };
		const points = fixedPoints(params);
		expect(points.length).toBe(outputs.fixed_points.length);
		outputs.fixed_points.forEach((want, i) => {
			near(points[i].logit, want.logit);
			near(points[i].failure, want['1-p']);
			near(points[i].slope, want["h'(p)"]);
			expect(points[i].stable).toBe(want.stable);
		});
		const limit = orbitLimit('whitened', params);
		expect(limit.period).toBe(outputs.limit_behaviour === 'fixed point' ? 1 : 2);
		const closest = limit.logits.map((at) => Math.abs(at - outputs.logit_1000));
		expect(Math.min(...closest)).toBeLessThan(1e-6 * (1 + Math.abs(outputs.logit_1000)));
	});
});

test.each([
	[0.2, 2, 0, 0.40872807, -0.09283],
	[0.5, 4, 0, 0.62639286, 0.06531],
	[0.5, 4, 1, 0.99854171, 3.23],
	[0.2, 3, 0, 0.33611376, -0.11564],
	[0.001, 5, 0, 0.00862203, -1.061],
	[0.001, 8, 0, 0.005439, -0.838]
])('p_ref = %f, β = %f: fixed point %i is %f with slope %f', (pRef, beta, i, rate, slope) => {
	const point = fixedPoints({ pRef, beta, epsilon: 1e-5 })[i];
	// the digits printed
	expect(Math.abs(point.rate - rate)).toBeLessThan(6e-7);
	expect(Math.abs(point.slope - slope)).toBeLessThan(6e-3);
	expect(point.stable).toBe(Math.abs(slope) < 1);
});

test('a larger ε cures the cycle at p_ref = 0.001, β = 5', () => {
	const [point] = fixedPoints({ pRef: 0.001, beta: 5, epsilon: 1e-3 });
	expect(point.rate).toBeCloseTo(0.00812167, 8);
	expect(point.stable).toBe(true);
	expect(orbitLimit('whitened', { pRef: 0.001, beta: 5, epsilon: 1e-3 }).period).toBe(1);
});

const params = fc.record({
	pRef: fc.double({ min: -14, max: 7, noNaN: true }).map(sigmoid),
	beta: fc.double({ min: -3, max: 4, noNaN: true }).map(Math.exp),
	epsilon: fc.double({ min: -16, max: -2, noNaN: true }).map(Math.exp)
});

test('every fixed point is one, lies above the reference, and a dense scan finds no other', () => {
	fc.assert(
		fc.property(params, (options) => {
			const points = fixedPoints(options);
			expect(points.length % 2).toBe(1);
			for (const point of points) {
				const residual = successMapLogit(point.logit, options) - point.logit;
				// the root is good to some ulps; the slope multiplies them
				const ulps = 1e-13 * (1 + Math.abs(point.logit)) * (2 + Math.abs(point.slope));
				expect(Math.abs(residual)).toBeLessThan(ulps);
				expect(point.logit).toBeGreaterThan(logit(options.pRef));
				expect(point.rate + point.failure).toBeCloseTo(1, 15);
			}
			let found = 0;
			const top = points[points.length - 1].logit + 1;
			const low = logit(options.pRef);
			let before = 1;
			for (let i = 1; i <= 20_000; i++) {
				const at = low + ((top - low) * i) / 20_000;
				const sign = Math.sign(successMapLogit(at, options) - at);
				if (sign !== 0 && sign !== before) found++;
				if (sign !== 0) before = sign;
			}
			expect(points.length).toBeGreaterThanOrEqual(found);
		}),
		{ seed: 1, numRuns: 60 }
	);
});

test('a middle fixed point repels', () => {
	fc.assert(
		fc.property(params, (options) => {
			const points = fixedPoints(options);
			fc.pre(points.length === 3);
			expect(points[1].slope).toBeGreaterThan(1);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('for ε = 0 the lower one attracts exactly if p*(1−p*) > 1/(4(1+β²))', () => {
	fc.assert(
		fc.property(params, ({ pRef, beta }) => {
			const points = fixedPoints({ pRef, beta, epsilon: 0 });
			fc.pre(points.length === 3 && points[0].rate < 0.5);
			const { rate, failure, stable } = points[0];
			expect(stable).toBe(rate * failure > 1 / (4 * (1 + beta * beta)));
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('with ε = 0 all lie above what two nats over β give, and 1 itself is the last', () => {
	fc.assert(
		fc.property(params, ({ pRef, beta }) => {
			const points = fixedPoints({ pRef, beta, epsilon: 0 });
			for (const point of points) {
				// Ω ≥ 2; equality at p = 1/2 up to rounding
				expect(point.logit).toBeGreaterThan(logit(pRef) + 2 / beta - 1e-9);
			}
			expect(points[points.length - 1]).toEqual({
				logit: Infinity,
				rate: 1,
				failure: 0,
				slope: 0,
				stable: true
			});
			expect(points.length === 3).toBe(beta > criticalBeta(pRef).beta);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('β → ∞: p* − p_ref tends to sqrt(p_ref(1−p_ref))/β', () => {
	for (const pRef of [0.05, 0.3, 0.8]) {
		const [point] = fixedPoints({ pRef, beta: 1e4, epsilon: 0 });
		// the next term is of order 1/β² = 1e−8
		expect((point.rate - pRef) * 1e4).toBeCloseTo(Math.sqrt(pRef * (1 - pRef)), 3);
	}
});

test('a second KL penalty leaves the points and damps the slopes', () => {
	const options = { pRef: 0.001, beta: 5 };
	const plain = fixedPoints(options);
	const damped = fixedPoints({ ...options, alpha: 5 });
	damped.forEach((point, i) => {
		expect(point.logit).toBe(plain[i].logit);
		expect(point.slope).toBeCloseTo((1 + plain[i].slope) / 2, 12);
	});
	expect([plain[0].stable, damped[0].stable]).toEqual([false, true]);
	const limit = orbitLimit('two-kl', { ...options, alpha: 5 });
	expect(limit.period).toBe(1);
	expect(limit.rates[0]).toBeCloseTo(plain[0].rate, 10);
	// finite differences of the damped step itself
	const step = (at: number) => successStep('two-kl', at, { ...options, alpha: 5 });
	const at = plain[0].logit;
	expect((step(at + 1e-5) - step(at - 1e-5)) / 2e-5).toBeCloseTo(damped[0].slope, 7);
});

test.each([
	[0.01, 0.400742],
	[0.05, 0.571194],
	[0.1, 0.697006],
	[0.2, 0.895701],
	[0.3, 1.081878],
	[0.5, 1.50888],
	[0.7, 2.184934],
	[0.9, 4.136987]
])('p_ref = %f: fixed points below 1 appear at β = %f', (pRef, want) => {
	const { beta, rate } = criticalBeta(pRef);
	expect(Math.abs(beta - want)).toBeLessThan(6e-7);
	// curve and diagonal touch there: value and slope agree
	const options = { pRef, beta, epsilon: 0 };
	expect(successMap(rate, options)).toBeCloseTo(rate, 12);
	expect(successMapLogitSlope(logit(rate), options)).toBeCloseTo(1, 9);
});

test('the touching rate at p_ref = 1/2', () => {
	expect(criticalBeta(0.5).rate).toBeCloseTo(0.916777, 5);
});

describe('where orbits go', () => {
	const limit = (pRef: number, beta: number, epsilon = 1e-5) =>
		orbitLimit('whitened', { pRef, beta, epsilon });

	test('p_ref = 0.2, β = 2 settles', () => {
		expect(limit(0.2, 2).period).toBe(1);
		expect(limit(0.2, 2).rates[0]).toBeCloseTo(0.408728, 6);
	});

	test.each([
		[0.001, 5, 0.058716, 0.002338],
		[0.005, 2, 0.160431, 0.019247]
	])('p_ref = %f, β = %f jumps between %f and %f', (pRef, beta, high, low) => {
		const { period, rates } = limit(pRef, beta);
		expect(period).toBe(2);
		expect(Math.max(...rates)).toBeCloseTo(high, 6);
		expect(Math.min(...rates)).toBeCloseTo(low, 6);
		// twice the map leads back, once does not; the cycle is known to 1e−12
		expect(successMap(rates[0], { pRef, beta, epsilon: 1e-5 })).toBeCloseTo(rates[1], 10);
		expect(successMap(rates[1], { pRef, beta, epsilon: 1e-5 })).toBeCloseTo(rates[0], 10);
	});

	test('the harder prompt is absorbed at 1 where the easier one cycles', () => {
		const { period, rates, failures } = limit(0.001, 2);
		expect(period).toBe(1);
		expect(rates[0]).toBe(1);
		expect(failures[0]).toBeGreaterThan(0);
		expect(failures[0]).toBeLessThan(1e-60);
		expect(limit(0.005, 2).period).toBe(2);
	});

	test('with ε = 0 absorption is complete', () => {
		expect(limit(0.2, 0.5, 0).logits).toEqual([Infinity]);
	});

	test('there are longer cycles, and orbits that never repeat and spread apart', () => {
		expect(limit(1e-6, 1.412537544622754, 1e-3).period).toBe(4);
		const options = { pRef: 1e-6, beta: 1.5848931924611134, epsilon: 1e-3 };
		expect(orbitLimit('whitened', options, 20_000).period).toBeNull();
		// two near orbits part by the mean log slope a step
		let at = logit(options.pRef);
		let sum = 0;
		for (let n = 0; n < 20_000; n++) {
			sum += Math.log(Math.abs(successMapLogitSlope(at, options)));
			at = successMapLogit(at, options);
		}
		expect(sum / 20_000).toBeGreaterThan(0.1);
	});

	test('a mirror has no anchor and ends at 1', () => {
		for (const variant of ['mirror', 'mean-only mirror'] as const) {
			const end = orbitLimit(variant, { pRef: 0.2, beta: 4 });
			expect(end).toMatchObject({ period: 1, rates: [1], logits: [Infinity] });
		}
	});

	test('finite groups cap the boost: the cycle is gone at G = 16 and back at G = 1024', () => {
		const groups = (numGenerations: number) =>
			orbitLimit('whitened', { pRef: 0.005, beta: 2, numGenerations });
		expect(groups(16).period).toBe(1);
		expect(groups(16).rates[0]).toBeCloseTo(0.0282, 3);
		expect(groups(1024).period).toBe(2);
	});
});

test('a cobweb goes to the curve, then to the diagonal', () => {
	expect(cobwebOrbit([0.2, 0.5, 0.4])).toEqual({ x: [0.2, 0.2, 0.5, 0.5], y: [0, 0.5, 0.5, 0.4] });
	expect(cobwebOrbit([0.3], 0.1)).toEqual({ x: [0.3], y: [0.1] });
	expect(() => cobwebOrbit([])).toThrow('cobwebOrbit: orbit must not be empty');
});

test('bad input is refused by name', () => {
	expect(() => fixedPoints({ pRef: 0, beta: 1 })).toThrow('fixedPoints: pRef must be in (0, 1)');
	expect(() => fixedPoints({ pRef: 0.5, beta: 1, alpha: -1 })).toThrow('alpha must be finite');
	expect(() => criticalBeta(1)).toThrow('criticalBeta: pRef must be in (0, 1), got 1');
});
