import { normal } from '../core/normal';
import { sigmoid } from '../core/sigmoid';
import type { Stream } from '../core/stream';
import {
	coupleFeatures,
	createTensorField,
	edgeBetween,
	tensorFieldBackward,
	tensorFieldMessage,
	zeroFeatures,
	type Edge,
	type Features,
	type TensorField
} from './tensorField';
import { add3, scale3, type Vector3 } from './vector3';

/** Channels of each degree between the two layers. */
const HIDDEN = 4;
const BASIS = 4;
const REACH = 2;

/** Points, and what is known of each besides its place: scalars that no turn changes, and vectors. */
export interface Cloud {
	points: readonly Vector3[];
	scalars: readonly (readonly number[])[];
	vectors: readonly (readonly Vector3[])[];
}

/** A tensor field network from a cloud to one arrow. */
export interface TensorPolicy {
	first: TensorField;
	second: TensorField;
	/** Weights of the first layer, then of the second. */
	size: number;
}

/**
 * Two tensor field layers with a gate between them. In the first every point hears every point; in the second
 * the cloud's centre hears all of them and one vector comes out. Degrees 1 and 2 pass the gate scaled by
 * sigmoid(s) of a scalar s of their own, scalars as s · sigmoid(s): neither spoils equivariance.
 */
export function createTensorPolicy(scalars: number, vectors: number): TensorPolicy {
	const shape = { basis: BASIS, reach: REACH };
	const first = createTensorField({
		...shape,
		inputs: [scalars, vectors, 0],
		outputs: [3 * HIDDEN, HIDDEN, HIDDEN]
	});
	const second = createTensorField({
		...shape,
		inputs: [HIDDEN, HIDDEN, HIDDEN],
		outputs: [0, 1, 0]
	});
	return { first, second, size: first.size + second.size };
}

/** Normal weights, smaller where more of them are summed. */
export function tensorPolicyWeights({ first, second, size }: TensorPolicy, stream: Stream) {
	const weights = new Float64Array(size);
	const fill = (layer: TensorField, from: number) => {
		for (const { l1, l3, offset } of layer.paths) {
			const summed = layer.inputs[l1] * layer.basis * layer.paths.filter((p) => p.l3 === l3).length;
			const count = layer.outputs[l3] * layer.inputs[l1] * layer.basis;
			for (let i = 0; i < count; i++) {
				weights[from + offset + i] = normal(stream) / Math.sqrt(summed);
			}
		}
	};
	fill(first, 0);
	fill(second, first.size);
	return weights;
}

/** The gate: hidden features from the first layer's output. */
function gate(raw: Features): Features {
	const out = zeroFeatures([HIDDEN, HIDDEN, HIDDEN]);
	for (let c = 0; c < HIDDEN; c++) out[0][c] = raw[0][c] * sigmoid(raw[0][c]);
	for (const l of [1, 2]) {
		const width = 2 * l + 1;
		for (let c = 0; c < HIDDEN; c++) {
			const open = sigmoid(raw[0][l * HIDDEN + c]);
			for (let m = 0; m < width; m++) out[l][c * width + m] = open * raw[l][c * width + m];
		}
	}
	return out;
}

/** The gradient of the gate's input from that of its output. */
function gateBackward(raw: Features, dOut: Features): Features {
	const dRaw = zeroFeatures([3 * HIDDEN, HIDDEN, HIDDEN]);
	for (let c = 0; c < HIDDEN; c++) {
		const open = sigmoid(raw[0][c]);
		dRaw[0][c] = dOut[0][c] * open * (1 + raw[0][c] * (1 - open));
	}
	for (const l of [1, 2]) {
		const width = 2 * l + 1;
		for (let c = 0; c < HIDDEN; c++) {
			const open = sigmoid(raw[0][l * HIDDEN + c]);
			let agree = 0;
			for (let m = 0; m < width; m++) {
				agree += dOut[l][c * width + m] * raw[l][c * width + m];
				dRaw[l][c * width + m] = dOut[l][c * width + m] * open;
			}
			dRaw[0][l * HIDDEN + c] = agree * open * (1 - open);
		}
	}
	return dRaw;
}

/** A cloud with all that does not depend on weights: worked out once where a cloud is met many times. */
export interface PreparedCloud {
	/** heard[i][j]: what point i hears of point j, and by which edge. */
	heard: readonly (readonly { edge: Edge; coupled: readonly number[][] }[])[];
	toCentre: readonly Edge[];
}

export function prepareCloud({ first, second }: TensorPolicy, cloud: Cloud): PreparedCloud {
	const { points } = cloud;
	const given = points.map((_, j): Features => [
		[...cloud.scalars[j]],
		cloud.vectors[j].flat(),
		[]
	]);
	const sum = points.reduce((total, point) => add3(total, point), [0, 0, 0] as Vector3);
	const centre = scale3(sum, 1 / points.length);
	return {
		heard: points.map((to) =>
			points.map((from, j) => {
				const edge = edgeBetween(to, from, first);
				return { edge, coupled: coupleFeatures(first, given[j], edge) };
			})
		),
		toCentre: points.map((point) => edgeBetween(centre, point, second))
	};
}

function forward(
	{ first, second }: TensorPolicy,
	weights: Float64Array,
	{ heard, toCentre }: PreparedCloud
) {
	const raw = heard.map((senders) => {
		const out = zeroFeatures(first.outputs);
		for (const { edge, coupled } of senders) {
			tensorFieldMessage(first, weights, coupled, edge, out);
		}
		return out;
	});
	const out = zeroFeatures(second.outputs);
	const later = weights.subarray(first.size);
	const sent = raw.map((features, j) => coupleFeatures(second, gate(features), toCentre[j]));
	sent.forEach((coupled, j) => tensorFieldMessage(second, later, coupled, toCentre[j], out));
	const arrow: Vector3 = [out[1][0], out[1][1], out[1][2]];
	return { raw, sent, arrow };
}

/** The arrow that the policy gives for a cloud. */
export function tensorPolicyArrow(
	policy: TensorPolicy,
	weights: Float64Array,
	cloud: PreparedCloud
): Vector3 {
	return forward(policy, weights, cloud).arrow;
}

/**
 * Adds to `gradient` that of ½ |arrow − target|² and returns the arrow. Cost: three times the arrow.
 */
export function tensorPolicyGradient(
	policy: TensorPolicy,
	weights: Float64Array,
	cloud: PreparedCloud,
	target: Vector3,
	gradient: Float64Array
): Vector3 {
	const { first, second } = policy;
	const { raw, sent, arrow } = forward(policy, weights, cloud);
	const dOut: Features = [[], [...add3(arrow, target, -1)], []];
	const later = weights.subarray(first.size);
	const laterGradient = gradient.subarray(first.size);
	sent.forEach((ours, i) => {
		const dHidden = zeroFeatures(second.inputs);
		tensorFieldBackward(second, later, ours, cloud.toCentre[i], dOut, laterGradient, dHidden);
		const dRaw = gateBackward(raw[i], dHidden);
		for (const { edge, coupled } of cloud.heard[i]) {
			tensorFieldBackward(first, weights, coupled, edge, dRaw, gradient, undefined);
		}
	});
	return arrow;
}
