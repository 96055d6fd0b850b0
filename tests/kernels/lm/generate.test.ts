import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { createDecoder } from '../../../src/kernels/lm/createDecoder';
import { createWorkspace } from '../../../src/kernels/lm/createWorkspace';
import { forward } from '../../../src/kernels/lm/forward';
import { generate, type Generation } from '../../../src/kernels/lm/generate';
import { tokenLogProbs } from '../../../src/kernels/lm/tokenLogProbs';
import { engines } from './engines';
import { everyKind, lively, smallConfig } from './models';

const prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9], [10, 0]];
const model = lively(smallConfig, 3);
const completion = ({ tokens, lengths, rows }: Generation, row: number) =>
	Array.from(
		tokens.slice((tokens.length / rows) * row, (tokens.length / rows) * row + lengths[row])
	);
const logProbsOf = ({ logProbs, lengths, rows }: Generation, row: number) =>
	Array.from(
		logProbs.slice((logProbs.length / rows) * row, (logProbs.length / rows) * row + lengths[row])
	);

describe.each(engines)('%s', (engine) => {
	test.each(everyKind)('the cache gives what forward gives, to the last bit: %s', (_, config) => {
		const kind = lively(config, 5);
		const temperature = 0.8;
		const settings = { maxCompletionLength: 9, numGenerations: 3, temperature, stopToken: 2 };
		const decoder = createDecoder(config, 12, config.contextLength, engine);
		const generation = generate(kind, prompts, { ...settings, decoder }, createStream(1));
		const { contextLength } = config;
		const workspace = createWorkspace(config, 12, contextLength, engine);
		const rows = Array.from({ length: 12 }, (_, row) => [
			...prompts[Math.floor(row / 3)],
			...completion(generation, row)
		]);
		const pad = (row: number[]) => [...row, ...Array<number>(contextLength - row.length).fill(0)];
		forward(kind, workspace, Int32Array.from(rows.flatMap(pad)));
		const targets = rows.flatMap((row) => [...pad(row).slice(1), -1]);
		const { logProbs } = tokenLogProbs(workspace, targets, { temperature });
		rows.forEach((row, r) => {
			const prompt = prompts[Math.floor(r / 3)].length;
			const trained = logProbs.subarray(
				r * contextLength + prompt - 1,
				r * contextLength + row.length - 1
			);
			expect(logProbsOf(generation, r)).toEqual(Array.from(trained));
		});
	});

	test('a row does not depend on its batch, nor on what the memory was used for before', () => {
		const settings = { maxCompletionLength: 10, stopToken: 1 };
		const stream = createStream(7);
		const decoder = createDecoder(smallConfig, 8, 16, engine);
		const all = generate(model, prompts, { ...settings, numGenerations: 2, decoder }, stream);
		for (let row = 0; row < 8; row++) {
			const alone = generate(model, [prompts[Math.floor(row / 2)]], { ...settings, decoder }, [
				stream.split(row)
			]);
			expect(completion(alone, 0)).toEqual(completion(all, row));
			expect(logProbsOf(alone, 0)).toEqual(logProbsOf(all, row));
		}
	});
});

test('tokens follow their probabilities', () => {
	const rows = 4000;
	const { tokens } = generate(
		model,
		[[3, 1]],
		{ maxCompletionLength: 1, numGenerations: rows, temperature: 1.3 },
		createStream(11)
	);
	const workspace = createWorkspace(smallConfig, 1, 2);
	forward(model, workspace, [3, 1]);
	tokenLogProbs(workspace, [-1, -1], { temperature: 1.3 });
	const policy = workspace.probabilities.slice(smallConfig.vocabSize);
	let chiSquare = 0;
	policy.forEach((p, token) => {
		const seen = tokens.filter((drawn) => drawn === token).length;
		chiSquare += (seen - rows * p) ** 2 / (rows * p);
	});
	// 10 degrees of freedom: above 29.6 in one of a thousand runs; the seed is fixed.
	expect(chiSquare).toBeLessThan(29.6);
});

test('filters narrow what tokens are drawn from; logProbs stay those of the policy', () => {
	const settings = { maxCompletionLength: 6, numGenerations: 8 };
	const greedy = generate(model, prompts, { ...settings, topK: 1 }, createStream(1));
	for (let row = 0; row < greedy.rows; row++) {
		expect(completion(greedy, row)).toEqual(completion(greedy, row - (row % 8)));
	}
	expect(Array.from(greedy.samplingLogProbs).every((x) => Object.is(Math.abs(x), 0))).toBe(true);
	expect(Math.max(...greedy.logProbs)).toBeLessThan(0);

	const narrow = generate(model, prompts, { ...settings, topK: 4, topP: 0.9 }, createStream(1));
	narrow.logProbs.forEach((policy, i) => {
		// Float32 of two float64 sums: equal where the filters left everything.
		expect(narrow.samplingLogProbs[i]).toBeGreaterThan(policy - 1e-6);
	});
	expect(narrow.samplingLogProbs).not.toEqual(narrow.logProbs);
});

test('where completions end', () => {
	fc.assert(
		fc.property(
			fc.array(fc.array(fc.nat(10), { minLength: 1, maxLength: 15 }), {
				minLength: 1,
				maxLength: 4
			}),
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 3 }),
			fc.nat(10),
			(some, maxCompletionLength, numGenerations, stopToken) => {
				const generation = generate(
					model,
					some,
					{ maxCompletionLength, numGenerations, stopToken },
					createStream(2)
				);
				const { rows, tokens, lengths, finishReasons } = generation;
				expect(rows).toBe(some.length * numGenerations);
				expect(tokens.length).toBe(rows * maxCompletionLength);
				for (let row = 0; row < rows; row++) {
					const sampled = completion(generation, row);
					const room = Math.min(
						maxCompletionLength,
						smallConfig.contextLength - some[Math.floor(row / numGenerations)].length
					);
					expect(sampled.every((token) => token >= 0)).toBe(true);
					expect(sampled.slice(0, -1)).not.toContain(stopToken);
					expect(finishReasons[row]).toBe(sampled.at(-1) === stopToken ? 'stop' : 'length');
					if (finishReasons[row] === 'length') expect(lengths[row]).toBe(room);
				}
				const behind = Array.from(tokens).filter(
					(_, i) => i % maxCompletionLength >= lengths[Math.floor(i / maxCompletionLength)]
				);
				expect(behind.every((token) => token === -1)).toBe(true);
			}
		),
		{ seed: 1, numRuns: 40 }
	);
});

test('the same seed gives the same tokens, another seed others', () => {
	const run = (seed: number) =>
		generate(model, prompts, { maxCompletionLength: 8 }, createStream(seed)).tokens;
	expect(run(1)).toEqual(run(1));
	expect(run(1)).not.toEqual(run(2));
});

test.each<[string, Partial<Parameters<typeof generate>[2]>, number[][]]>([
	['maxCompletionLength', { maxCompletionLength: 0 }, prompts],
	['numGenerations', { numGenerations: 1.5 }, prompts],
	['temperature', { temperature: 0 }, prompts],
	['stopToken', { stopToken: 11 }, prompts],
	['prompts', {}, []],
	['prompts\\[1\\]', {}, [[1], []]],
	['prompts\\[0\\]\\[1\\]', {}, [[1, 11]]],
	['decoder', { decoder: createDecoder(smallConfig, 1) }, prompts],
	['vocabSize', { decoder: createDecoder({ ...smallConfig, vocabSize: 12 }, 4) }, prompts]
])('refuses a bad %s', (name, settings, some) => {
	const options = { maxCompletionLength: 4, ...settings };
	expect(() => generate(model, some, options, createStream(1))).toThrow(
		new RegExp(`^generate: .*${name}`)
	);
	expect(() => generate(model, some, options, createStream(1))).toThrow(RangeError);
});

test('refuses streams of another count than rows', () => {
	const streams = [createStream(1)];
	expect(() => generate(model, prompts, { maxCompletionLength: 2 }, streams)).toThrow(
		'generate: streams must be one a row (4), got 1'
	);
});
