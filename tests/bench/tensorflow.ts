import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { join } from 'node:path';
import type { Model } from '../../src/kernels/lm/createModel';
import { namedTensors } from '../../src/kernels/lm/parameterLayout';

/** TensorFlow.js on one of its backends, which must be one of the two that need no GPU. */
export async function useBackend(name: 'cpu' | 'wasm'): Promise<void> {
	setWasmPaths(join(process.cwd(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
	if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no backend ${name} here`);
	await tf.ready();
}

/** The same transformer, training step and generation as src/kernels/lm, in TensorFlow.js. */
export function tensorflowModel({ config, layout, parameters }: Model) {
	const { width, heads, layers, vocabSize, ropeTheta, normEpsilon } = config;
	const headWidth = width / heads;
	const weights = Object.fromEntries(
		[...namedTensors(parameters, layout)].map(([name, { shape, data }]) => [
			name,
			tf.variable(tf.tensor(data.slice(), [...shape]))
		])
	);
	const adam = tf.train.adam(1e-3);

	const norm = (x: tf.Tensor, weight: tf.Tensor) =>
		tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), normEpsilon))), weight);
	const linear = (x: tf.Tensor, weight: tf.Tensor) =>
		tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, true);

	/** On the wasm backend tf.oneHot of dtype float32 writes integers, hence the cast. */
	const oneHot = (tokens: Int32Array) =>
		tf.cast(tf.oneHot(tf.tensor1d(tokens, 'int32'), vocabSize), 'float32');

	/** Cosines and sines of positions from … to − 1, [1, 1, positions, headWidth / 2]. */
	function angles(from: number, to: number): [tf.Tensor, tf.Tensor] {
		const half = headWidth / 2;
		const values = Float32Array.from(
			{ length: (to - from) * half },
			(_, i) => (from + Math.floor(i / half)) * ropeTheta ** (-(i % half) / half)
		);
		const tensor = tf.tensor(values, [1, 1, to - from, half]);
		return [tf.cos(tensor), tf.sin(tensor)];
	}
	function rotate(x: tf.Tensor, [cos, sin]: [tf.Tensor, tf.Tensor]): tf.Tensor {
		const [first, second] = tf.split(x, 2, -1);
		return tf.concat(
			[
				tf.sub(tf.mul(first, cos), tf.mul(second, sin)),
				tf.add(tf.mul(second, cos), tf.mul(first, sin))
			],
			-1
		);
	}

	type Cache = { keys?: tf.Tensor; values?: tf.Tensor };

	/** Logits of `batch` rows of tokens, in one-hot form, after those that the caches hold. */
	function logits(
		tokens: tf.Tensor,
		batch: number,
		[cos, sin]: [tf.Tensor, tf.Tensor],
		mask: tf.Tensor | null,
		caches?: Cache[]
	): tf.Tensor {
		const length = cos.shape[2]!;
		const rows = batch * length;
		const split = (x: tf.Tensor) =>
			tf.transpose(tf.reshape(x, [batch, length, heads, headWidth]), [0, 2, 1, 3]);
		let x = tf.matMul(tokens as tf.Tensor2D, weights['model.embed_tokens.weight'] as tf.Tensor2D);
		for (let layer = 0; layer < layers; layer++) {
			const of = (name: string) => weights[`model.layers.${layer}.${name}.weight`];
			const h = norm(x, of('input_layernorm'));
			const q = rotate(split(linear(h, of('self_attn.q_proj'))), [cos, sin]);
			let k = rotate(split(linear(h, of('self_attn.k_proj'))), [cos, sin]);
			let v = split(linear(h, of('self_attn.v_proj')));
			const cache = caches?.[layer];
			if (cache) {
				if (cache.keys) k = tf.concat([cache.keys, k], 2);
				if (cache.values) v = tf.concat([cache.values, v], 2);
				[cache.keys, cache.values] = [k, v];
			}
			let scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(headWidth));
			if (mask) scores = tf.add(scores, mask);
			const mixed = tf.transpose(tf.matMul(tf.softmax(scores), v), [0, 2, 1, 3]);
			x = tf.add(x, linear(tf.reshape(mixed, [rows, width]), of('self_attn.o_proj')));
			const h2 = norm(x, of('post_attention_layernorm'));
			const gate = linear(h2, of('mlp.gate_proj'));
			const hidden = tf.mul(tf.mul(gate, tf.sigmoid(gate)), linear(h2, of('mlp.up_proj')));
			x = tf.add(x, linear(hidden, of('mlp.down_proj')));
		}
		return linear(norm(x, weights['model.norm.weight']), weights['lm_head.weight']);
	}

	return {
		/** One step of Adam on the mean of −log π(target); gives the loss before it. */
		trainStep(tokens: Int32Array, targets: Int32Array, batch: number): number {
			const length = tokens.length / batch;
			return tf.tidy(() => {
				const positions = angles(0, length);
				const mask = tf.tensor(
					Float32Array.from({ length: length * length }, (_, i) =>
						i % length > Math.floor(i / length) ? -1e9 : 0
					),
					[1, 1, length, length]
				);
				const input = oneHot(tokens);
				const wanted = oneHot(targets);
				const loss = adam.minimize(() => {
					const logProbs = tf.logSoftmax(logits(input, batch, positions, mask));
					return tf.mul(tf.sum(tf.mul(wanted, logProbs)), -1 / tokens.length) as tf.Scalar;
				}, true)!;
				return loss.dataSync()[0];
			});
		},

		/** `batch` rows from a prompt of one token, `count` tokens each, over a cache. */
		generate(batch: number, count: number, uniform: () => number): Int32Array {
			const tokens = new Int32Array(batch).fill(1);
			const caches: Cache[] = Array.from({ length: layers }, () => ({}));
			tf.engine().startScope();
			for (let t = 0; t < count; t++) {
				const input = oneHot(tokens);
				const policy = tf.softmax(logits(input, batch, angles(t, t + 1), null, caches)).dataSync();
				for (let row = 0; row < batch; row++) {
					let left = uniform();
					let token = 0;
					while (token < vocabSize - 1 && left >= policy[row * vocabSize + token]) {
						left -= policy[row * vocabSize + token++];
					}
					tokens[row] = token;
				}
			}
			tf.engine().endScope();
			return tokens;
		}
	};
}
