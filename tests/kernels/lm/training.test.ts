import { expect, test } from 'vitest';
import { createStream, type Stream } from '../../../src/kernels/core/stream';
import { categorical } from '../../../src/kernels/core/categorical';
import { dirichlet } from '../../../src/kernels/core/dirichlet';
import { adamWStep, createAdamW } from '../../../src/kernels/lm/adamW';
import { backward } from '../../../src/kernels/lm/backward';
import { createModel } from '../../../src/kernels/lm/createModel';
import { createWorkspace } from '../../../src/kernels/lm/createWorkspace';
import { forward } from '../../../src/kernels/lm/forward';
import { generate } from '../../../src/kernels/lm/generate';
import { seedLogProbGradient, tokenLogProbs } from '../../../src/kernels/lm/tokenLogProbs';
import { everyKind } from './models';

const [vocabSize, length, batch] = [8, 16, 64];

/** Rows of a language in which each token depends on the one before it alone. */
function sentences(stream: Stream, transitions: readonly (readonly number[])[]): Int32Array {
	const tokens = new Int32Array(batch * length);
	for (let i = 0; i < tokens.length; i++) {
		const before = tokens[i - 1];
		tokens[i] = i % length === 0 ? stream.int(vocabSize) : categorical(stream, transitions[before]);
	}
	return tokens;
}

test.each(everyKind.slice(1, 3))(
	'learns a language down to its entropy, and then speaks it: %s',
	(_, base) => {
		const config = { ...base, vocabSize, contextLength: length, valueHead: false };
		const stream = createStream(5);
		const transitions = Array.from({ length: vocabSize }, () =>
			dirichlet(stream, new Array<number>(vocabSize).fill(0.3))
		);
		const model = createModel(config, createStream(6));
		const workspace = createWorkspace(config, batch, length);
		const adam = createAdamW(model.parameters.length);
		const counts = batch * (length - 1);
		let excess = 0;
		for (let step = 1; step <= 400; step++) {
			const tokens = sentences(stream, transitions);
			const targets = tokens.map((_, i) => (i % length === length - 1 ? -1 : tokens[i + 1]));
			const weights = Float32Array.from(targets, (target) => (target < 0 ? 0 : -1 / counts));
			forward(model, workspace, tokens);
			const { logProbs } = tokenLogProbs(workspace, targets);
			if (step > 350) {
				// How much less the model gives a token than the language itself does, in nats.
				targets.forEach((target, i) => {
					if (target < 0) return;
					excess += (Math.log(transitions[tokens[i]][target]) - logProbs[i]) / (50 * counts);
				});
			}
			const gradient = backward(model, workspace, seedLogProbGradient(workspace, targets, weights));
			adamWStep(adam, model.parameters, gradient, step < 300 ? 1e-2 : 1e-3);
		}
		// Never below 0 but for chance; the language has 1.38 nats a token, a uniform guess 2.08.
		expect(excess).toBeGreaterThan(-0.01);
		expect(excess).toBeLessThan(0.01);

		const prompts = Array.from({ length: 400 }, (_, i) => [i % vocabSize]);
		const { tokens } = generate(model, prompts, { maxCompletionLength: 1 }, createStream(7));
		let distance = 0;
		for (let from = 0; from < vocabSize; from++) {
			for (let to = 0; to < vocabSize; to++) {
				const seen =
					tokens.filter((token, i) => i % vocabSize === from && token === to).length / 50;
				distance += Math.abs(seen - transitions[from][to]) / (2 * vocabSize);
			}
		}
		// 50 draws from the language itself are 0.107 away by chance, 0.143 once in a hundred seeds.
		expect(distance).toBeLessThan(0.143);
	}
);
