import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregations } from '../../../src/kernels/rl/aggregationWeights';
import { branchCode, branchNames } from '../../../src/kernels/rl/policyBranch';
import { policyLoss } from '../../../src/kernels/rl/policyLoss';
import {
	lossTypes,
	policyLossPresets,
	type LossType,
	type PolicyLossPreset
} from '../../../src/kernels/rl/policyLossPresets';
import type { PolicyLossOptions } from '../../../src/kernels/rl/policyLossSettings';
import type { TokenBatch } from '../../../src/kernels/rl/tokenBatch';

interface Tokens extends TokenBatch {
	logProbs: number[];
	oldLogProbs: number[];
	refLogProbs: number[];
	advantages: number[];
	mask: number[];
}

const BATCH = 3;
const LENGTH = 4;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const list = (size: number, min: number, max: number) =>
	fc.array(number(min, max), { minLength: size, maxLength: size });

/** Drifts of up to 1.2 nats: with the usual ε most batches have tokens on every branch. */
const batches = (advantages: number): fc.Arbitrary<Tokens> =>
	fc
		.record({
			old: list(BATCH * LENGTH, -3, -0.5),
			drift: list(BATCH * LENGTH, -1.2, 1.2),
			gap: list(BATCH * LENGTH, -1, 1),
			advantages: list(advantages, -2, 2),
			kept: fc.array(fc.boolean(), { minLength: BATCH * LENGTH, maxLength: BATCH * LENGTH })
		})
		.map(({ old, drift, gap, advantages, kept }) => ({
			batch: BATCH,
			length: LENGTH,
			logProbs: old.map((x, i) => x + drift[i]),
			oldLogProbs: old,
			refLogProbs: old.map((x, i) => x + gap[i]),
			advantages,
			mask: kept.map((k, i) => (k || i % LENGTH === 0 ? 1 : 0))
		}));

const SETTINGS = { seed: 1, numRuns: 60 };
const moved = (values: number[], i: number, by: number) =>
	values.map((x, j) => (i === j ? x + by : x));

/** Every loss type and level that has a gradient of its loss as a function (nothing held fixed). */
const smooth: [string, PolicyLossOptions][] = [
	...Object.keys(lossTypes)
		.filter((name) => name !== 'cispo')
		.flatMap((name) =>
			(['token', 'sequence', 'sequence_sum'] as const)
				.filter((level) => name !== 'luspo' || level !== 'token')
				.map((importanceSamplingLevel): [string, PolicyLossOptions] => [
					`${name}, ${importanceSamplingLevel}`,
					{ lossType: name as LossType, importanceSamplingLevel }
				])
		),
	...(['token', 'sequence'] as const).flatMap(
		(importanceSamplingLevel): [string, PolicyLossOptions][] => [
			[`KL, ${importanceSamplingLevel}`, { beta: 0.3, importanceSamplingLevel }],
			[
				`KL bias-corrected, ${importanceSamplingLevel}`,
				{ beta: 0.3, useBiasCorrectionKl: true, importanceSamplingLevel }
			],
			[`delta, ${importanceSamplingLevel}`, { delta: 1.6, importanceSamplingLevel }],
			[`delta inside, ${importanceSamplingLevel}`, { delta: 1.1, importanceSamplingLevel }],
			[`dual clip, ${importanceSamplingLevel}`, { dualClip: 1.5, importanceSamplingLevel }]
		]
	),
	['k1', { beta: 0.3, klEstimator: 'k1' }],
	['k2', { beta: 0.3, klEstimator: 'k2' }],
	['gmpo', { preset: 'gmpo' }],
	['gmpo and KL', { preset: 'gmpo', beta: 0.2 }],
	['gpg', { preset: 'gpg' }],
	['rloo', { preset: 'rloo' }],
	['verl', { preset: 'verl', beta: 0.1 }],
	['openrlhf', { preset: 'openrlhf', beta: 0.1 }],
	['openrlhfGspo', { preset: 'openrlhfGspo', epsilon: 0.1 }],
	['trlRloo', { preset: 'trlRloo' }],
	['searchR1', { preset: 'searchR1', beta: 0.1 }]
];

describe('the gradient is that of central differences', () => {
	const step = 1e-6;
	const compare = (
		tokens: Tokens,
		options: PolicyLossOptions,
		shift: (i: number, by: number) => Tokens
	) => {
		const { gradients, branches } = policyLoss(tokens, options);
		for (let i = 0; i < gradients.length; i++) {
			const up = policyLoss(shift(i, step), options);
			const down = policyLoss(shift(i, -step), options);
			// a kink between the two points belongs to no derivative
			if (up.branches.some((code, j) => code !== down.branches[j])) continue;
			const slope = (up.loss - down.loss) / (2 * step);
			// a loss of up to 100 (e^4.8 for a summed ratio): rounding 1e-14 / step, curvature 100·step²
			const what = `token ${i}, ${branchNames[branches[i]]}`;
			expect(Math.abs(gradients[i] - slope), what).toBeLessThan(1e-7);
		}
	};
	test.each(smooth)('%s', (name, options) => {
		const seen = new Set<string>();
		const property = (tokens: Tokens) => {
			const perToken = tokens.advantages.length > BATCH;
			compare(tokens, options, (i, by) => ({
				...tokens,
				logProbs: moved(tokens.logProbs, i, by)
			}));
			policyLoss(tokens, options).branches.forEach((code, i) => {
				const advantage = tokens.advantages[perToken ? i : Math.floor(i / LENGTH)];
				seen.add(`${branchNames[code]} ${Math.sign(advantage)}`);
			});
		};
		fc.assert(fc.property(batches(BATCH), property), SETTINGS);
		fc.assert(fc.property(batches(BATCH * LENGTH), property), { ...SETTINGS, numRuns: 20 });
		const clips = !['sapo', 'gpg', 'rloo'].some((other) => name.startsWith(other));
		const upper = name.startsWith('delta inside') ? 'bound 1' : 'clipHigh 1';
		if (clips) expect([...seen]).toEqual(expect.arrayContaining(['clipLow -1', upper]));
	});

	test('CISPO holds its weight: log π and log π_old move together', () => {
		for (const options of [
			{ lossType: 'cispo', epsilonHigh: 1.3 },
			{ lossType: 'cispo', cispoBounds: 'ratio', beta: 0.2 },
			{ preset: 'cispo', importanceSamplingLevel: 'sequence' }
		] as PolicyLossOptions[]) {
			fc.assert(
				fc.property(batches(BATCH), (tokens) =>
					compare(tokens, options, (i, by) => ({
						...tokens,
						logProbs: moved(tokens.logProbs, i, by),
						oldLogProbs: moved(tokens.oldLogProbs, i, by)
					}))
				),
				SETTINGS
			);
		}
	});

	test('GSPO-token is GSPO for one advantage a sequence, and its own token’s with one a token', () => {
		fc.assert(
			fc.property(batches(BATCH), batches(BATCH * LENGTH), (sequences, tokens) => {
				const gspo: PolicyLossOptions = { preset: 'gspo', epsilon: 0.1, epsilonHigh: 0.1 };
				const own: PolicyLossOptions = { ...gspo, importanceSamplingLevel: 'sequence_token' };
				const [a, b] = [policyLoss(sequences, gspo), policyLoss(sequences, own)];
				expect(b.loss).toBeCloseTo(a.loss, 14);
				a.gradients.forEach((gradient, i) => expect(b.gradients[i]).toBeCloseTo(gradient, 14));
				const { gradients, weights, branches, ratios } = policyLoss(tokens, own);
				gradients.forEach((gradient, i) => {
					const open = branches[i] === branchCode.ratio;
					const want = open ? -weights[i] * ratios[i] * tokens.advantages[i] : 0;
					expect(gradient).toBeCloseTo(want, 14);
				});
			}),
			SETTINGS
		);
	});
});

const presets = Object.keys(policyLossPresets) as PolicyLossPreset[];
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

test('contributions sum to the loss and are weight × (policy term + β × KL) on every preset', () => {
	fc.assert(
		fc.property(batches(BATCH), fc.constantFrom(...presets), (tokens, preset) => {
			const beta = 0.3;
			const got = policyLoss(tokens, { preset, beta });
			expect(Math.abs(sum(got.contributions) - got.loss)).toBeLessThan(1e-12);
			got.contributions.forEach((contribution, i) => {
				const want = got.weights[i] * (got.policyTerms[i] + beta * got.klTerms[i]);
				expect(contribution).toBeCloseTo(want, 13);
			});
			expect(got.tokens).toBe(sum(tokens.mask));
		}),
		{ ...SETTINGS, numRuns: 200 }
	);
});

test('written out: the loss is the mean over answers of the mean over tokens of −min(rA, clip(r)A)', () => {
	fc.assert(
		fc.property(batches(BATCH), (tokens) => {
			const rows = Array.from({ length: BATCH }, (_, b) => {
				const places = Array.from({ length: LENGTH }, (_, t) => b * LENGTH + t);
				const kept = places.filter((i) => tokens.mask[i]);
				const a = tokens.advantages[b];
				const values = kept.map((i) => {
					const r = Math.exp(tokens.logProbs[i] - tokens.oldLogProbs[i]);
					return -Math.min(r * a, Math.min(1.2, Math.max(0.8, r)) * a);
				});
				return sum(values) / kept.length;
			});
			expect(policyLoss(tokens, { lossType: 'grpo' }).loss).toBeCloseTo(sum(rows) / BATCH, 13);
		}),
		SETTINGS
	);
});

test('where the clip or a bound holds the ratio, the token’s own gradient is 0', () => {
	fc.assert(
		fc.property(batches(BATCH), (tokens) => {
			const { branches, gradients } = policyLoss(tokens, { dualClip: 1.5 });
			branches.forEach((code, i) => {
				if (code !== branchCode.ratio) return expect(gradients[i]).toBe(0);
				const size = Math.abs(tokens.advantages[Math.floor(i / LENGTH)]);
				if (size > 1e-9) expect(gradients[i]).not.toBe(0);
			});
		}),
		SETTINGS
	);
});

test('only differences of log-probabilities count, but for CISPO and REINFORCE', () => {
	fc.assert(
		fc.property(
			batches(BATCH),
			number(-5, 5),
			fc.constantFrom(...presets),
			(tokens, by, preset) => {
				fc.pre(!['cispo', 'gpg', 'rloo'].includes(preset));
				const shifted = {
					...tokens,
					logProbs: tokens.logProbs.map((x) => x + by),
					oldLogProbs: tokens.oldLogProbs.map((x) => x + by),
					refLogProbs: tokens.refLogProbs.map((x) => x + by)
				};
				const [a, b] = [tokens, shifted].map((t) => policyLoss(t, { preset, beta: 0.2 }));
				fc.pre(a.branches.every((code, i) => code === b.branches[i]));
				// rounding of log-probabilities up to 8, with ratios up to e^4.8
				expect(b.loss).toBeCloseTo(a.loss, 10);
				a.gradients.forEach((gradient, i) => expect(b.gradients[i]).toBeCloseTo(gradient, 10));
			}
		),
		{ ...SETTINGS, numRuns: 200 }
	);
});

/** The same tokens with two masked ones more at the end of each row. */
function padded(tokens: Tokens): Tokens {
	const wider = (values: number[], filler: number) =>
		Array.from({ length: BATCH }, (_, b) => [
			...values.slice(b * LENGTH, (b + 1) * LENGTH),
			filler,
			filler
		]).flat();
	return {
		...tokens,
		length: LENGTH + 2,
		logProbs: wider(tokens.logProbs, -1),
		oldLogProbs: wider(tokens.oldLogProbs, -9),
		refLogProbs: wider(tokens.refLogProbs, -4),
		mask: wider(tokens.mask, 0)
	};
}

test('padding changes nothing, unless the padded length itself is the divisor', () => {
	fc.assert(
		fc.property(batches(BATCH), fc.constantFrom(...aggregations), (tokens, aggregation) => {
			const options: PolicyLossOptions = {
				aggregation,
				beta: 0.2,
				importanceSamplingLevel: 'sequence',
				maxCompletionLength: 7
			};
			const [a, b] = [tokens, padded(tokens)].map((t) => policyLoss(t, options));
			expect(b.loss).toBeCloseTo(a.loss, 13);
			a.gradients.forEach((gradient, i) => {
				const place = Math.floor(i / LENGTH) * (LENGTH + 2) + (i % LENGTH);
				expect(b.gradients[place]).toBeCloseTo(gradient, 13);
			});
			const open = { ...options, maxCompletionLength: undefined };
			const ratio = policyLoss(padded(tokens), open).loss / policyLoss(tokens, open).loss;
			const byLength = ['dr_grpo', 'seq-mean-token-sum-norm'].includes(aggregation);
			expect(ratio).toBeCloseTo(byLength ? LENGTH / (LENGTH + 2) : 1, 9);
		}),
		SETTINGS
	);
});

test('what stands on a masked token does not matter, not even NaN', () => {
	fc.assert(
		fc.property(batches(BATCH), fc.constantFrom(...presets), (tokens, preset) => {
			const settings = { ...policyLossPresets[preset], nonFinite: 'throw' } as const;
			const poisoned = { ...tokens, logProbs: [...tokens.logProbs] };
			tokens.mask.forEach((kept, i) => kept || (poisoned.logProbs[i] = NaN));
			const got = policyLoss(poisoned, settings);
			expect(got).toEqual(policyLoss(tokens, settings));
		}),
		SETTINGS
	);
});

test('with one token an answer all aggregations agree, but those that divide by the length', () => {
	fc.assert(
		fc.property(batches(BATCH), (tokens) => {
			const mask = tokens.mask.map((_, i) => (i % LENGTH === 1 ? 1 : 0));
			const loss = (aggregation: (typeof aggregations)[number]) =>
				policyLoss({ ...tokens, mask }, { aggregation, importanceSamplingLevel: 'sequence' }).loss;
			for (const aggregation of aggregations) {
				const share = { dr_grpo: 1 / LENGTH, 'seq-mean-token-sum-norm': BATCH / LENGTH }[
					aggregation as string
				];
				expect(loss(aggregation)).toBeCloseTo(loss('grpo') * (share ?? 1), 13);
			}
		}),
		SETTINGS
	);
});

test('on-policy the clipped gradient, SAPO’s and CISPO’s are REINFORCE’s', () => {
	fc.assert(
		fc.property(batches(BATCH), fc.constantFrom('dapo', 'grpo', 'dr_grpo'), (tokens, lossType) => {
			const onPolicy = { ...tokens, oldLogProbs: undefined };
			const { aggregation } = lossTypes[lossType as LossType];
			const reinforce = policyLoss(onPolicy, { objective: 'gpg', aggregation }).gradients;
			for (const options of [
				{ objective: 'clip' },
				{ objective: 'sapo' },
				{ objective: 'cispo', epsilonHigh: 5 },
				{ objective: 'clip', importanceSamplingLevel: 'sequence' }
			] as PolicyLossOptions[]) {
				const { gradients, ratios } = policyLoss(onPolicy, { ...options, aggregation });
				gradients.forEach((gradient, i) => {
					expect(ratios[i]).toBe(onPolicy.mask[i]);
					expect(gradient).toBeCloseTo(reinforce[i], 14);
				});
			}
		}),
		SETTINGS
	);
});

test('answers in another order give the same loss and their own gradients', () => {
	fc.assert(
		fc.property(batches(BATCH), fc.constantFrom(...presets), (tokens, preset) => {
			const turn = <T>(values: T[], width: number) => [
				...values.slice(width),
				...values.slice(0, width)
			];
			const turned: Tokens = {
				...tokens,
				logProbs: turn(tokens.logProbs, LENGTH),
				oldLogProbs: turn(tokens.oldLogProbs, LENGTH),
				refLogProbs: turn(tokens.refLogProbs, LENGTH),
				mask: turn(tokens.mask, LENGTH),
				advantages: turn(tokens.advantages, 1)
			};
			const [a, b] = [tokens, turned].map((t) => policyLoss(t, { preset, beta: 0.2 }));
			expect(b.loss).toBeCloseTo(a.loss, 12);
			expect([...b.gradients]).toEqual(turn([...a.gradients], LENGTH));
		}),
		SETTINGS
	);
});

test('TRL’s delta and the dual clip are the same above 1 + ε_high, and differ inside', () => {
	const single = (options: PolicyLossOptions, r: number, a: number) =>
		policyLoss(
			{ batch: 1, length: 1, logProbs: [Math.log(r)], oldLogProbs: [0], advantages: [a] },
			options
		);
	fc.assert(
		fc.property(number(0.01, 9), number(-3, 3), number(1.2, 5), (r, a, bound) => {
			const [delta, dual] = [{ delta: bound }, { dualClip: bound }].map((o) => single(o, r, a));
			expect(delta.loss).toBe(dual.loss);
			expect([...delta.gradients]).toEqual([...dual.gradients]);
		}),
		{ seed: 1, numRuns: 300 }
	);
	// δ = 1.1 caps the ratio where A > 0; for A < 0 the clip's 1.2 is the smaller product
	expect(single({ delta: 1.1 }, 1.15, 1).loss).toBeCloseTo(-1.1, 14);
	expect(single({ dualClip: 1.1 }, 1.15, 1).loss).toBeCloseTo(-1.15, 14);
	expect(single({ delta: 1.1 }, 1.15, -1).loss).toBeCloseTo(1.15, 14);
	expect(single({ dualClip: 1.1 }, 1.15, -1).loss).toBeCloseTo(1.1, 14);
});
