import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStream } from '../../src/kernels/core/stream';
import { adamWStep, createAdamW } from '../../src/kernels/lm/adamW';
import { backward } from '../../src/kernels/lm/backward';
import { createDecoder } from '../../src/kernels/lm/createDecoder';
import { copyModel, createModel, type Model } from '../../src/kernels/lm/createModel';
import { createWorkspace } from '../../src/kernels/lm/createWorkspace';
import type { Engine } from '../../src/kernels/lm/engine';
import { forward } from '../../src/kernels/lm/forward';
import { generate } from '../../src/kernels/lm/generate';
import { parameterCount, type ModelConfig } from '../../src/kernels/lm/modelConfig';
import { seedLogProbGradient, tokenLogProbs } from '../../src/kernels/lm/tokenLogProbs';
import { median } from './measure';
import { report } from './report';
import { tensorflowModel, useBackend } from './tensorflow';

const reference: ModelConfig = {
	vocabSize: 16,
	contextLength: 24,
	layers: 2,
	width: 32,
	heads: 4,
	feedForward: 'swiglu',
	hiddenWidth: 96,
	ropeTheta: 10000,
	normEpsilon: 1e-6,
	tieHead: false,
	valueHead: false
};

const bytes: ModelConfig = {
	...reference,
	vocabSize: 256,
	contextLength: 64,
	layers: 4,
	width: 80,
	hiddenWidth: 232
};

const OPTIMISER = { betas: [0.9, 0.999], weightDecay: 0 } as const;
const FOLDER = 'bench-results/lm';

/** A model, and a batch of random tokens with random targets that fills its context. */
function problem(config: ModelConfig, batch: number) {
	const stream = createStream(2);
	const draw = () =>
		Int32Array.from({ length: batch * config.contextLength }, () => stream.int(config.vocabSize));
	return {
		config,
		batch,
		model: createModel(config, createStream(1)),
		tokens: draw(),
		targets: draw()
	};
}
type Problem = ReturnType<typeof problem>;

/** One step of Adam on the mean of −log π(target), and a generation that fills the context. */
interface Contestant {
	trainStep(): number;
	generate(seed: number): void;
}

function ours(
	{ config, batch, model, tokens, targets }: Problem,
	engine: Engine['name']
): Contestant {
	const own: Model = copyModel(model);
	const workspace = createWorkspace(config, batch, config.contextLength, engine);
	const decoder = createDecoder(config, batch, config.contextLength, engine);
	const adam = createAdamW(own.parameters.length);
	const weight = new Float32Array(tokens.length).fill(-1 / tokens.length);
	return {
		trainStep() {
			forward(own, workspace, tokens);
			const { logProbs } = tokenLogProbs(workspace, targets);
			const loss = -logProbs.reduce((sum, x) => sum + x, 0) / tokens.length;
			const gradient = backward(own, workspace, seedLogProbGradient(workspace, targets, weight));
			adamWStep(adam, own.parameters, gradient, 1e-3, OPTIMISER);
			return loss;
		},
		generate(seed) {
			const maxCompletionLength = config.contextLength - 1;
			const prompts = Array.from({ length: batch }, () => [1]);
			generate(own, prompts, { maxCompletionLength, decoder }, createStream(seed));
		}
	};
}

async function tensorflow(
	{ config, batch, model, tokens, targets }: Problem,
	backend: 'cpu' | 'wasm'
): Promise<Contestant & { use(): Promise<void> }> {
	await useBackend(backend);
	const own = tensorflowModel(model);
	return {
		use: () => useBackend(backend),
		trainStep: () => own.trainStep(tokens, targets, batch),
		generate(seed) {
			own.generate(batch, config.contextLength - 1, createStream(seed).uniform);
		}
	};
}

/** Builds the C++ twin; null with a word where there is no compiler. */
function buildTwin(): string | null {
	mkdirSync(FOLDER, { recursive: true });
	const program = join(FOLDER, 'lm');
	const { error, status, stderr } = spawnSync(
		'g++',
		['-O3', '-std=c++17', 'tests/bench/cpp/lm.cpp', '-o', program],
		{ encoding: 'utf8' }
	);
	if (error) {
		console.log('No g++ here: the comparison with C++ is left out.');
		return null;
	}
	if (status !== 0) throw new Error(stderr);
	return program;
}

interface TwinTimes {
	train: number[];
	generate: number[];
	losses: number[];
}

function runTwin(program: string, { config, batch, model, tokens, targets }: Problem): TwinTimes {
	const file = join(FOLDER, 'problem.bin');
	writeFileSync(
		file,
		Buffer.concat([model.parameters, tokens, targets].map(({ buffer }) => Buffer.from(buffer)))
	);
	const { vocabSize, contextLength, layers, width, heads, hiddenWidth } = config;
	const sizes = [vocabSize, contextLength, layers, width, heads, hiddenWidth, batch, STEPS];
	return JSON.parse(execFileSync(program, [file, ...sizes.map(String)], { encoding: 'utf8' }));
}

const STEPS = 10;
const ROUNDS = 5;

const time = (work: () => void) => {
	const start = performance.now();
	work();
	return performance.now() - start;
};

/** Times of a training step and of a generation, in ms, contestants taken in turn round by round. */
async function race(
	one: Problem,
	contestants: Record<string, { times: number; run: Contestant; use?(): Promise<void> }>,
	program: string | null
) {
	const train: Record<string, number[]> = {};
	const generation: Record<string, number[]> = {};
	const losses: Record<string, number[]> = {};
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, { times, run, use }] of Object.entries(contestants)) {
			await use?.();
			for (let i = 0; i < times; i++) {
				(train[name] ??= []).push(time(() => (losses[name] ??= []).push(run.trainStep())));
				(generation[name] ??= []).push(time(() => run.generate(round)));
			}
		}
		if (!program) continue;
		const twin = runTwin(program, one);
		(train['C++ -O3'] ??= []).push(...twin.train);
		(generation['C++ -O3'] ??= []).push(...twin.generate);
		losses['C++ -O3'] = twin.losses;
	}
	const medians = (times: Record<string, number[]>) =>
		Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
	return { train: medians(train), generation: medians(generation), losses };
}

/** What the ratios say: each contestant's time over ours in WebAssembly. */
function against(times: Record<string, number>) {
	return Object.fromEntries(
		Object.entries(times).map(([name, ms]) => [name, { ms, timesOurs: ms / times.wasm }])
	);
}

test('reference model (2 layers, width 32, 4 heads, context 24, batch 128)', async () => {
	const one = problem(reference, 128);
	const program = buildTwin();
	const cpu = await tensorflow(one, 'cpu');
	const wasm = await tensorflow(one, 'wasm');
	const { train, generation, losses } = await race(
		one,
		{
			wasm: { times: STEPS, run: ours(one, 'wasm') },
			typescript: { times: 2, run: ours(one, 'typescript') },
			'tfjs wasm': { times: 2, run: wasm, use: wasm.use },
			'tfjs cpu': { times: 1, run: cpu, use: cpu.use }
		},
		program
	);
	report('language model: one training step', {
		...against(train),
		stepsPerSecond: 1000 / train.wasm
	});
	report('language model: one generation of 128 × 23 tokens', {
		...against(generation),
		tokensPerSecond: (128 * 23 * 1000) / generation.wasm
	});
	// The same work: every contestant goes down the same losses.
	for (const [name, list] of Object.entries(losses)) {
		for (let step = 0; step < Math.min(3, list.length); step++) {
			expect(Math.abs(list[step] - losses.wasm[step]), name).toBeLessThan(1e-4);
		}
	}
});

test('a model over bytes of 0.37 M parameters, batch 16 × 64', async () => {
	const one = problem(bytes, 16);
	const { train, generation } = await race(
		one,
		{
			wasm: { times: STEPS, run: ours(one, 'wasm') },
			typescript: { times: 1, run: ours(one, 'typescript') }
		},
		buildTwin()
	);
	report(`language model of ${parameterCount(bytes)} parameters: one training step`, {
		...against(train),
		tokensPerSecond: (16 * 64 * 1000) / train.wasm
	});
	report(
		`language model of ${parameterCount(bytes)} parameters: one generation of 16 × 63 tokens`,
		{
			...against(generation),
			tokensPerSecond: (16 * 63 * 1000) / generation.wasm
		}
	);
	expect(parameterCount(bytes)).toBe(366_800);
});
