import { gaussianBasis } from './gaussianBasis';
import { sphericalHarmonics } from './sphericalHarmonics';
import { add3, norm3, type Vector3 } from './vector3';
import { wigner3j } from './wigner3j';

/** Channels of degree 0, 1 and 2: how many scalars, vectors and 5-tuples stand at a point. */
export type Channels = readonly [number, number, number];

/** Features of one point, a list a degree: channel after channel, 2l + 1 numbers each. */
export type Features = readonly [number[], number[], number[]];

export interface TensorFieldShape {
	inputs: Channels;
	outputs: Channels;
	/** Bell curves of the radial weight, and the distance they span. */
	basis: number;
	reach: number;
}

/** One way to couple degrees: feature l₁ times harmonic l₂ gives output l₃. Its weights start at `offset`. */
interface Path {
	l1: number;
	l2: number;
	l3: number;
	offset: number;
	/** The entries of the 3j tensor that are not 0: their places i, j, k in turn, and their values. */
	places: Uint8Array;
	values: Float64Array;
}

export interface TensorField extends TensorFieldShape {
	paths: readonly Path[];
	/** How many weights the layer has. */
	size: number;
}

/** What one message needs from its edge: harmonics and radial basis of the way from receiver to sender. */
export interface Edge {
	harmonics: readonly number[][];
	basis: readonly number[];
}

const DEGREES = [0, 1, 2] as const;
const FAINT = 1e-12;

/** The layer of this shape: all paths that its degrees allow, and where their weights lie. */
export function createTensorField(shape: TensorFieldShape): TensorField {
	const paths: Path[] = [];
	let size = 0;
	for (const l1 of DEGREES) {
		for (const l2 of DEGREES) {
			for (const l3 of DEGREES) {
				const fits = l3 >= Math.abs(l1 - l2) && l3 <= l1 + l2;
				if (!fits || shape.inputs[l1] === 0 || shape.outputs[l3] === 0) continue;
				const couplings = wigner3j(l1, l2, l3)
					.flatMap((rows, i) => rows.flatMap((row, j) => row.map((value, k) => [i, j, k, value])))
					.filter(([, , , value]) => Math.abs(value) > FAINT);
				// With √(2l₃ + 1) coupled parts are as large as what they are made of.
				const scale = Math.sqrt(2 * l3 + 1);
				paths.push({
					l1,
					l2,
					l3,
					offset: size,
					places: Uint8Array.from(couplings.flatMap(([i, j, k]) => [i, j, k])),
					values: Float64Array.from(couplings, ([, , , value]) => scale * value)
				});
				size += shape.outputs[l3] * shape.inputs[l1] * shape.basis;
			}
		}
	}
	return { ...shape, paths, size };
}

/** Lists this short are made faster than typed arrays. */
const zeros = (length: number) => new Array<number>(length).fill(0);

/** Empty features: `size` channels a degree. */
export function zeroFeatures([scalars, vectors, tensors]: Channels): Features {
	return [zeros(scalars), zeros(3 * vectors), zeros(5 * tensors)];
}

/** The edge by which the point at `to` hears the point at `from`. A point may hear itself: l₂ = 0 alone passes. */
export function edgeBetween(to: Vector3, from: Vector3, { basis, reach }: TensorFieldShape): Edge {
	const way = add3(from, to, -1);
	return {
		harmonics: sphericalHarmonics(way),
		basis: [...gaussianBasis(norm3(way), basis, reach)]
	};
}

/**
 * A sender's features coupled with the harmonics of an edge, one list a path:
 *
 *     z[c, k] = Σ_ij C_ijk f^l₁[c, i] Y^l₂_j(x/|x|),  x from receiver to sender
 *
 * It holds no weight, so in the first layer it is worked out once for each cloud.
 */
export function coupleFeatures(
	{ paths }: TensorField,
	features: Features,
	{ harmonics }: Edge
): number[][] {
	return paths.map(({ l1, l2, l3, places, values }) => {
		const [width, span] = [2 * l1 + 1, 2 * l3 + 1];
		const feature = features[l1];
		const harmonic = harmonics[l2];
		const channels = feature.length / width;
		const z = zeros(channels * span);
		for (let n = 0; n < values.length; n++) {
			const factor = values[n] * harmonic[places[3 * n + 1]];
			if (factor === 0) continue;
			let from = places[3 * n];
			let to = places[3 * n + 2];
			for (let c = 0; c < channels; c++, from += width, to += span) z[to] += factor * feature[from];
		}
		return z;
	});
}

/** Names of points are one-hot, so most channels of the first layer carry nothing. */
function isZero(z: readonly number[], from: number, span: number): boolean {
	for (let m = from; m < from + span; m++) if (z[m] !== 0) return false;
	return true;
}

/**
 * Adds to `output` the message that one point sends another (tensor field network):
 *
 *     out^l₃[d] += Σ_paths Σ_c φ[d, c](|x|) z[c],  φ[d, c](r) = Σ_k w[d, c, k] B_k(r)
 *
 * with z from `coupleFeatures`. Thomas et al., arXiv 1802.08219; the steerable kernel
 * κ(Rx) = D^out(R) κ(x) D^in(R)ᵀ of Seo et al., arXiv 2503.09829. Whatever the weights are, turning the points
 * by R turns every output of degree l by D^l(R): equivariance is no result of training.
 * Cost: Σ_paths outputs · inputs · (basis + 2l₃ + 1).
 */
export function tensorFieldMessage(
	{ paths, inputs, outputs, basis }: TensorField,
	weights: Float64Array,
	coupled: readonly number[][],
	edge: Edge,
	output: Features
): void {
	paths.forEach(({ l1, l3, offset }, path) => {
		const z = coupled[path];
		const out = output[l3];
		const span = 2 * l3 + 1;
		for (let c = 0; c < inputs[l1]; c++) {
			if (isZero(z, c * span, span)) continue;
			for (let d = 0; d < outputs[l3]; d++) {
				const w = offset + (d * inputs[l1] + c) * basis;
				let radial = 0;
				for (let k = 0; k < basis; k++) radial += weights[w + k] * edge.basis[k];
				for (let m = 0; m < span; m++) out[d * span + m] += radial * z[c * span + m];
			}
		}
	});
}

/**
 * Adds to `gradient` and `dFeatures` what the gradient `dOutput` of a message's output gives its weights
 * and the sender's features. Cost: twice the message and once the coupling.
 */
export function tensorFieldBackward(
	{ paths, inputs, outputs, basis }: TensorField,
	weights: Float64Array,
	coupled: readonly number[][],
	edge: Edge,
	dOutput: Features,
	gradient: Float64Array,
	dFeatures: Features | undefined
): void {
	paths.forEach(({ l1, l2, l3, offset, places, values }, path) => {
		const z = coupled[path];
		const dOut = dOutput[l3];
		const [width, span] = [2 * l1 + 1, 2 * l3 + 1];
		const dz = dFeatures && zeros(z.length);
		for (let c = 0; c < inputs[l1]; c++) {
			if (!dz && isZero(z, c * span, span)) continue;
			for (let d = 0; d < outputs[l3]; d++) {
				const w = offset + (d * inputs[l1] + c) * basis;
				let agree = 0;
				let radial = 0;
				for (let m = 0; m < span; m++) agree += dOut[d * span + m] * z[c * span + m];
				for (let k = 0; k < basis; k++) {
					radial += weights[w + k] * edge.basis[k];
					gradient[w + k] += agree * edge.basis[k];
				}
				if (dz) for (let m = 0; m < span; m++) dz[c * span + m] += radial * dOut[d * span + m];
			}
		}
		if (!dFeatures || !dz) return;
		for (let n = 0; n < values.length; n++) {
			const factor = values[n] * edge.harmonics[l2][places[3 * n + 1]];
			for (let c = 0; c < inputs[l1]; c++) {
				dFeatures[l1][c * width + places[3 * n]] += factor * dz[c * span + places[3 * n + 2]];
			}
		}
	});
}
