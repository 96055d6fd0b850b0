/** Where each named tensor stands in the flat parameters, row by row. */
export type ParameterLayout = Readonly<
	Record<string, { readonly offset: number; readonly shape: readonly number[] }>
>;

export interface NamedTensor {
	shape: readonly number[];
	/** Row by row (C order). */
	data: Float32Array;
}

/** How many numbers a tensor of this shape holds; 1 for the shape [] of a scalar. */
export function elementCount(shape: readonly number[]): number {
	return shape.reduce((product, length) => product * length, 1);
}

/**
 * The tensors of a flat parameter vector by their names, as views: a change of one changes the other.
 *
 * Cost: O(tensors). Throws RangeError for a tensor that reaches past the parameters.
 * Worked value: layout {a: offset 0, shape [2, 2]; b: offset 4, shape [1]} names five parameters.
 */
export function namedTensors(
	parameters: Float32Array,
	layout: ParameterLayout
): Map<string, NamedTensor> {
	const tensors = new Map<string, NamedTensor>();
	for (const [name, { offset, shape }] of Object.entries(layout)) {
		const end = offset + elementCount(shape);
		if (end > parameters.length) {
			throw new RangeError(
				`namedTensors: parameters must reach to ${end} for "${name}", got ${parameters.length}`
			);
		}
		tensors.set(name, { shape, data: parameters.subarray(offset, end) });
	}
	return tensors;
}

/**
 * The flat parameter vector that a layout describes, filled from tensors of the same names and shapes.
 *
 * Cost: O(parameters). Throws RangeError for a tensor that is missing, of another shape, or that the
 * layout does not name.
 */
export function flatParameters(
	tensors: ReadonlyMap<string, NamedTensor>,
	layout: ParameterLayout
): Float32Array {
	for (const name of tensors.keys()) {
		if (!Object.hasOwn(layout, name)) {
			throw new RangeError(`flatParameters: tensors has "${name}", which the layout does not name`);
		}
	}
	const entries = Object.entries(layout);
	const size = Math.max(0, ...entries.map(([, { offset, shape }]) => offset + elementCount(shape)));
	const parameters = new Float32Array(size);
	for (const [name, { offset, shape }] of entries) {
		const tensor = tensors.get(name);
		if (!tensor) throw new RangeError(`flatParameters: tensors must have "${name}"`);
		if (tensor.shape.join() !== shape.join() || tensor.data.length !== elementCount(shape)) {
			throw new RangeError(
				`flatParameters: "${name}" must have shape [${shape.join()}], got [${tensor.shape.join()}] with ${tensor.data.length} numbers`
			);
		}
		parameters.set(tensor.data, offset);
	}
	return parameters;
}
