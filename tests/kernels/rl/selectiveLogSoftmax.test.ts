import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoftmax } from '../../../src/kernels/core/softmax';
import { entropyFromLogits } from '../../../src/kernels/rl/entropyFromLogits';
import { responseMask } from '../../../src/kernels/rl/responseMask';
import { selectiveLogSoftmax } from '../../../src/kernels/rl/selectiveLogSoftmax';
import reference from '../../reference/tokenLogProbs.json';

type Encoded = number | string;
interface Case {
	name: string;
	inputs: {
		logits: Encoded[][][];
		labels: number[][];
		temperature?: number;
		ids: number[][];
		eos: number | number[];
	};
	outputs: Encoded[][];
}

function section(name: string) {
	const found = reference.sections.find((entry) => entry.name === name)!;
	const { rtol, atol } = found.tolerance;
	return {
		cases: found.cases as unknown as Case[],
		near(got: Float64Array, want: Encoded[][]) {
			expect(got.length).toBe(want.flat().length);
			want.flat().forEach((value, i) => {
				const target = Number(value);
				if (!Number.isFinite(target)) return expect(got[i]).toBe(target);
				expect(Math.abs(got[i] - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
			});
		}
	};
}

const flat = (logits: Encoded[][][]) => logits.flat(2).map(Number);
/** Logits that have no distribution: the library's value is NaN, ours is refused. */
const isBad = (logits: number[]) =>
	logits.some((z) => Number.isNaN(z) || z === Infinity) || logits.every((z) => z === -Infinity);

describe.each([
	['logprob_trl', 'trl'],
	['logprob_verl_v2', 'verl'],
	['logprob_openrlhf', 'openrlhf'],
	// log_softmax first, as the exact form does; its NaN cases are held against the error
	['logprob_verl_naive', undefined]
] as const)('%s', (name, library) => {
	const { cases, near } = section(name);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const logits = flat(inputs.logits);
		const vocabulary = inputs.logits[0][0].length;
		const of = (options: object) =>
			selectiveLogSoftmax(logits, inputs.labels.flat(), vocabulary, {
				temperature: inputs.temperature,
				...options
			});
		// 1e308 / 0.5 is infinite: no distribution in float64 either
		const bad = isBad(logits.map((z) => z / (inputs.temperature ?? 1)));
		if (library) near(of({ library }), outputs);
		if (bad) expect(() => of({})).toThrow(RangeError);
		else near(of({}), outputs);
	});
});

describe.each([
	['entropy_trl', 'trl'],
	['entropy_verl', 'verl'],
	['entropy_openrlhf', 'openrlhf'],
	['entropy_scipy', undefined]
] as const)('%s', (name, library) => {
	const { cases, near } = section(name);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const logits = flat(inputs.logits);
		const vocabulary = inputs.logits[0][0].length;
		if (library) near(entropyFromLogits(logits, vocabulary, { library }), outputs);
		if (isBad(logits)) expect(() => entropyFromLogits(logits, vocabulary)).toThrow(RangeError);
		else near(entropyFromLogits(logits, vocabulary), outputs);
	});
});

test('verl’s response mask: one end token or several', () => {
	for (const { inputs, outputs } of section('response_mask_verl').cases) {
		const mask = responseMask(inputs.ids.flat(), inputs.ids.length, inputs.eos);
		expect([...mask]).toEqual(outputs.flat());
	}
	expect([...responseMask([5, 6, 7], 1, 2)]).toEqual([1, 1, 1]);
	expect(() => responseMask([5, 6, 7], 2, 2)).toThrow('divides the 3 tokens, got 2');
});

test('a filtered token: NaN in the libraries, the entropy of the others in truth', () => {
	const filtered = [0, 0, -Infinity];
	for (const library of ['trl', 'verl', 'openrlhf'] as const) {
		expect(entropyFromLogits(filtered, 3, { library })[0]).toBeNaN();
	}
	expect(entropyFromLogits(filtered, 3)[0]).toBeCloseTo(Math.LN2, 15);
	expect(selectiveLogSoftmax(filtered, [0], 3)[0]).toBeCloseTo(-Math.LN2, 15);
	expect(selectiveLogSoftmax(filtered, [2], 3)[0]).toBe(-Infinity);
});

test('logits of 1e308: 0 in verl and OpenRLHF, NaN in TRL, log 2 in truth', () => {
	const huge = [1e308, 1e308, -1e308];
	expect(entropyFromLogits(huge, 3, { library: 'verl' })[0]).toBe(0);
	expect(entropyFromLogits(huge, 3, { library: 'openrlhf' })[0]).toBe(0);
	expect(entropyFromLogits(huge, 3, { library: 'trl' })[0]).toBeNaN();
	expect(entropyFromLogits(huge, 3)[0]).toBeCloseTo(Math.LN2, 15);
	for (const library of ['trl', 'verl', 'openrlhf'] as const) {
		expect(selectiveLogSoftmax(huge, [0], 3, { library })[0]).toBe(0);
	}
	expect(selectiveLogSoftmax(huge, [0], 3)[0]).toBeCloseTo(-Math.LN2, 15);
});

const rows = fc
	.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
	.chain(([count, vocabulary]) =>
		fc.record({
			vocabulary: fc.constant(vocabulary),
			logits: fc.array(fc.double({ min: -20, max: 20, noNaN: true }), {
				minLength: count * vocabulary,
				maxLength: count * vocabulary
			}),
			tokens: fc.array(fc.nat(vocabulary - 1), { minLength: count, maxLength: count }),
			temperature: fc.double({ min: 0.2, max: 5, noNaN: true })
		})
	);

test('probabilities sum to 1 and give the entropy; libraries agree on ordinary logits', () => {
	fc.assert(
		fc.property(rows, ({ vocabulary, logits, tokens, temperature }) => {
			const logProbs = selectiveLogSoftmax(logits, tokens, vocabulary, { temperature });
			const entropies = entropyFromLogits(logits, vocabulary, { temperature });
			tokens.forEach((token, row) => {
				const own = logits.slice(row * vocabulary, (row + 1) * vocabulary);
				const logs = logSoftmax(own.map((z) => z / temperature));
				// logits up to 100: rounding 1e-14
				expect(logProbs[row]).toBeCloseTo(logs[token], 12);
				const entropy = -logs.reduce((sum, l) => sum + Math.exp(l) * l, 0);
				expect(entropies[row]).toBeCloseTo(entropy, 12);
				expect(entropies[row]).toBeLessThanOrEqual(Math.log(vocabulary) + 1e-12);
			});
			for (const library of ['trl', 'verl', 'openrlhf'] as const) {
				const theirs = selectiveLogSoftmax(logits, tokens, vocabulary, { temperature, library });
				theirs.forEach((value, row) => expect(value).toBeCloseTo(logProbs[row], 12));
				entropyFromLogits(logits, vocabulary, { temperature, library }).forEach((value, row) =>
					expect(value).toBeCloseTo(entropies[row], 12)
				);
			}
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('bad input is refused by name', () => {
	expect(() => selectiveLogSoftmax([0, 0], [2], 2)).toThrow(
		'selectiveLogSoftmax: tokens[0] must be an integer in 0 … 1, got 2'
	);
	expect(() => selectiveLogSoftmax([0, 0], [0, 0], 2)).toThrow('tokens must have one a row');
	expect(() => selectiveLogSoftmax([0, 0, 0], [0], 2)).toThrow('divides the 3 logits, got 2');
	expect(() => entropyFromLogits([0, NaN], 2)).toThrow(
		'entropyFromLogits: logits[1] must be below Infinity, got NaN'
	);
	expect(() => entropyFromLogits([0, 0], 2, { temperature: 0 })).toThrow(
		'entropyFromLogits: temperature must be positive and finite, got 0'
	);
});
