import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multiply } from '../../../src/kernels/core/linear/multiply';
import { normal } from '../../../src/kernels/core/normal';
import { createStream, type Stream } from '../../../src/kernels/core/stream';
import { expSo3 } from '../../../src/kernels/geometry/expSo3';
import { gaussianBasis } from '../../../src/kernels/geometry/gaussianBasis';
import { apply3, type Matrix3 } from '../../../src/kernels/geometry/matrix3';
import {
	createPerceptron,
	perceptronGradient,
	perceptronOutput,
	perceptronWeights
} from '../../../src/kernels/geometry/perceptron';
import {
	coupleFeatures,
	createTensorField,
	edgeBetween,
	tensorFieldMessage,
	zeroFeatures,
	type Features
} from '../../../src/kernels/geometry/tensorField';
import {
	createTensorPolicy,
	prepareCloud,
	tensorPolicyArrow,
	tensorPolicyGradient,
	tensorPolicyWeights,
	type Cloud
} from '../../../src/kernels/geometry/tensorPolicy';
import { add3, type Vector3 } from '../../../src/kernels/geometry/vector3';
import { wignerD } from '../../../src/kernels/geometry/wignerD';
import { expectNear, rotationVectors } from './reference';

/** Sums of some hundred products of numbers near 1. */
const EXACT = { rtol: 1e-11, atol: 1e-11 };

const randomVector = (stream: Stream): Vector3 => [normal(stream), normal(stream), normal(stream)];

function randomCloud(stream: Stream, vectors: number): Cloud {
	const points = Array.from({ length: 4 }, () => randomVector(stream));
	return {
		points,
		scalars: points.map(() => [normal(stream), normal(stream)]),
		vectors: points.map(() => Array.from({ length: vectors }, () => randomVector(stream)))
	};
}

const turnCloud = (cloud: Cloud, rotation: Matrix3): Cloud => ({
	...cloud,
	points: cloud.points.map((point) => apply3(rotation, point)),
	vectors: cloud.vectors.map((all) => all.map((vector) => apply3(rotation, vector)))
});

/** Features as they look after a turn: every channel of degree l by D^l. */
const turnFeatures = (features: Features, rotation: Matrix3) =>
	features.map((list, l) => {
		const width = 2 * l + 1;
		const out: number[] = [];
		for (let c = 0; c < list.length; c += width) {
			const column = { rows: width, columns: 1, data: Float64Array.from(list.slice(c, c + width)) };
			out.push(...multiply(wignerD(l, rotation), column).data);
		}
		return out;
	}) as unknown as Features;

describe('a tensor field layer', () => {
	const layer = createTensorField({ inputs: [2, 2, 1], outputs: [2, 1, 2], basis: 3, reach: 2 });

	test('has every path that its degrees allow', () => {
		expect(layer.paths).toHaveLength(15);
		expect(layer.size).toBe(
			layer.paths.reduce(
				(sum, { l1, l3 }) => sum + layer.inputs[l1] * layer.outputs[l3] * layer.basis,
				0
			)
		);
	});

	test('is equivariant with any weights: outputs of degree l turn by D^l', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e6 }), rotationVectors(6), (seed, w) => {
				const stream = createStream(seed);
				const weights = Float64Array.from({ length: layer.size }, () => normal(stream));
				const features = zeroFeatures(layer.inputs);
				features.forEach((list) => list.forEach((_, i) => (list[i] = normal(stream))));
				const [to, from] = [randomVector(stream), randomVector(stream)];
				const message = (a: Vector3, b: Vector3, sent: Features) => {
					const out = zeroFeatures(layer.outputs);
					const edge = edgeBetween(a, b, layer);
					tensorFieldMessage(layer, weights, coupleFeatures(layer, sent, edge), edge, out);
					return out;
				};
				const rotation = expSo3(w);
				const turned = message(
					apply3(rotation, to),
					apply3(rotation, from),
					turnFeatures(features, rotation)
				);
				const wanted = turnFeatures(message(to, from, features), rotation);
				turned.forEach((list, l) => expectNear(list, [...wanted[l]], EXACT));
			}),
			{ seed: 1, numRuns: 50 }
		);
	});
});

describe('the tensor policy', () => {
	const stream = createStream(5);
	const policy = createTensorPolicy(2, 1);

	test('turns its arrow with the cloud, and does not see where the cloud is', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e6 }), rotationVectors(6), (seed, w) => {
				const own = createStream(seed);
				const weights = tensorPolicyWeights(policy, own);
				const cloud = randomCloud(own, 1);
				const arrow = (one: Cloud) => tensorPolicyArrow(policy, weights, prepareCloud(policy, one));
				const rotation = expSo3(w);
				const here = arrow(cloud);
				expectNear(arrow(turnCloud(cloud, rotation)), [...apply3(rotation, here)], EXACT);
				const shift = randomVector(own);
				const shifted = { ...cloud, points: cloud.points.map((point) => add3(point, shift)) };
				expectNear(arrow(shifted), [...here], EXACT);
			}),
			{ seed: 2, numRuns: 40 }
		);
	});

	test('does not care in which order the points come', () => {
		const weights = tensorPolicyWeights(policy, stream);
		const cloud = randomCloud(stream, 1);
		const swap = <T>(list: readonly T[]) => [list[2], list[0], list[3], list[1]];
		const swapped: Cloud = {
			points: swap(cloud.points),
			scalars: swap(cloud.scalars),
			vectors: swap(cloud.vectors)
		};
		expectNear(
			tensorPolicyArrow(policy, weights, prepareCloud(policy, swapped)),
			[...tensorPolicyArrow(policy, weights, prepareCloud(policy, cloud))],
			EXACT
		);
	});

	test('has the gradient of its loss', () => {
		const weights = tensorPolicyWeights(policy, stream);
		const cloud = prepareCloud(policy, randomCloud(stream, 1));
		const target = randomVector(stream);
		const gradient = new Float64Array(policy.size);
		tensorPolicyGradient(policy, weights, cloud, target, gradient);
		const loss = (changed: Float64Array) =>
			tensorPolicyArrow(policy, changed, cloud).reduce(
				(sum, entry, k) => sum + (entry - target[k]) ** 2 / 2,
				0
			);
		const step = 1e-6;
		for (let i = 0; i < policy.size; i += 7) {
			const slope =
				(loss(weights.with(i, weights[i] + step)) - loss(weights.with(i, weights[i] - step))) /
				(2 * step);
			// Central differences: step² and 1e-15/step, both below 1e-8.
			expect(gradient[i]).toBeCloseTo(slope, 7);
		}
	});
});

describe('the perceptron', () => {
	const stream = createStream(6);
	const net = createPerceptron([5, 7, 6, 3]);
	const weights = perceptronWeights(net, stream);
	const input = Array.from({ length: 5 }, () => normal(stream));

	test('is tanh layers with a linear last one', () => {
		const one = createPerceptron([1, 1, 1]);
		const [w1, b1, w2, b2] = [0.7, -0.2, 3, 0.5];
		const own = perceptronOutput(one, Float64Array.of(w1, b1, w2, b2), [0.4]);
		expect(own[0]).toBeCloseTo(w2 * Math.tanh(w1 * 0.4 + b1) + b2, 14);
	});

	test('has the gradient of its loss', () => {
		const target = [0.3, -1, 2];
		const gradient = new Float64Array(net.size);
		perceptronGradient(net, weights, input, target, gradient);
		const loss = (changed: Float64Array) =>
			perceptronOutput(net, changed, input).reduce(
				(sum, entry, k) => sum + (entry - target[k]) ** 2 / 2,
				0
			);
		const step = 1e-6;
		for (let i = 0; i < net.size; i += 3) {
			const slope =
				(loss(weights.with(i, weights[i] + step)) - loss(weights.with(i, weights[i] - step))) /
				(2 * step);
			expect(gradient[i]).toBeCloseTo(slope, 7);
		}
	});
});

test('the radial basis by hand, and bad input refused by name', () => {
	expectNear(gaussianBasis(0, 3, 2), [1, Math.exp(-0.5), Math.exp(-2)], EXACT);
	expect(() => gaussianBasis(1, 1, 2)).toThrow('count must be a whole number from 2, got 1');
	expect(() => gaussianBasis(1, 3, 0)).toThrow('reach must be above 0, got 0');
	expect(() => gaussianBasis(-1, 3, 2)).toThrow('distance must be at least 0, got -1');
	expect(() => createPerceptron([3])).toThrow('createPerceptron: widths must be at least 2');
});
