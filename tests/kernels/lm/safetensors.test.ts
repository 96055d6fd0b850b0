import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	flatParameters,
	namedTensors,
	type NamedTensor
} from '../../../src/kernels/lm/parameterLayout';
import { repeatedKey } from '../../../src/kernels/lm/repeatedKey';
import { readSafetensors, writeSafetensors } from '../../../src/kernels/lm/safetensors';
import reference from '../../reference/safetensors.json';

interface Plain {
	shape: number[];
	data: number[];
}
const [write, read, refuse] = reference.sections as unknown as [
	{
		cases: {
			name: string;
			inputs: { tensors: Record<string, Plain>; metadata: Record<string, string> };
			outputs: number[];
		}[];
	},
	{ cases: { name: string; inputs: number[]; outputs: Record<string, Plain> }[] },
	{ cases: { name: string; inputs: number[]; raises: string }[] }
];

const toTensors = (plain: Record<string, Plain>): Map<string, NamedTensor> =>
	new Map(
		Object.entries(plain).map(([name, { shape, data }]) => [
			name,
			{ shape, data: Float32Array.from(data) }
		])
	);

describe('the reference implementation', () => {
	test.each(write.cases)('writes the same bytes: $name', ({ inputs, outputs }) => {
		const bytes = writeSafetensors(toTensors(inputs.tensors), inputs.metadata);
		expect([...bytes]).toEqual(outputs);
		expect(readSafetensors(bytes).metadata).toEqual(inputs.metadata);
	});

	test.each(read.cases)('reads the same tensors: $name', ({ inputs, outputs }) => {
		expect(readSafetensors(Uint8Array.from(inputs)).tensors).toEqual(toTensors(outputs));
	});

	const messages: Record<string, string> = {
		MetadataIncompleteBuffer: 'tensors must cover all',
		HeaderTooLarge: 'the header must have at most 100000000 bytes',
		HeaderTooSmall: 'a file must have at least 8 bytes, got 0',
		InvalidHeaderLength: 'must lie within the file',
		InvalidHeader: 'the header must be UTF-8',
		InvalidHeaderDeserialization: 'the header must be JSON',
		TensorInvalidInfo: '"test" of shape [2,2] must span 16 bytes, got 0 to 4',
		// Rust's integers overflow; here lengths above 2⁵³ are refused for being inexact.
		ValidationOverflow: '"test" must have a shape of integers ≥ 0',
		InvalidOffset: '"weight_1" must begin at byte 16 of the data, where the one before ends, got 0'
	};
	test.each(refuse.cases)('refuses the same file: $name', ({ inputs, raises }) => {
		expect(() => readSafetensors(Uint8Array.from(inputs))).toThrow(messages[raises]);
	});
});

const tensor = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }).chain((shape) => {
	const size = shape.reduce((a, b) => a * b, 1);
	return fc
		.array(fc.float(), { minLength: size, maxLength: size })
		.map((data) => ({ shape, data: Float32Array.from(data) }));
});
const file = fc.record({
	tensors: fc
		.array(
			fc.tuple(
				fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('10', '9', '__proto__', 'ä"\\')),
				tensor
			),
			{ maxLength: 5 }
		)
		.map((entries) => new Map(entries)),
	metadata: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true })
});

describe('laws', () => {
	test('what is written is read again, to the bit, from any place in a buffer', () => {
		fc.assert(
			fc.property(file, fc.integer({ min: 0, max: 7 }), ({ tensors, metadata }, shift) => {
				const bytes = writeSafetensors(tensors, metadata);
				const inside = new Uint8Array(bytes.length + shift + 3);
				inside.set(bytes, shift);
				const again = readSafetensors(inside.subarray(shift, shift + bytes.length));
				expect(again.metadata).toEqual(metadata);
				expect(new Map([...again.tensors].sort())).toEqual(new Map([...tensors].sort()));
				expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
				expect(writeSafetensors(again.tensors, again.metadata)).toEqual(bytes);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('a damaged file is read or refused with a RangeError, and never holds more than its bytes', () => {
		const damaged = file.chain(({ tensors, metadata }) => {
			const bytes = writeSafetensors(tensors, metadata);
			return fc
				.tuple(
					fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
						maxLength: 4
					}),
					fc.integer({ min: 0, max: bytes.length + 9 })
				)
				.map(([edits, length]) => {
					const copy = new Uint8Array(Math.min(length, bytes.length + 4));
					copy.set(bytes.subarray(0, copy.length));
					for (const [at, value] of edits) if (at < copy.length) copy[at] = value;
					return copy;
				});
		});
		fc.assert(
			fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 60 })), (bytes) => {
				try {
					let size = 0;
					for (const { data } of readSafetensors(bytes).tensors.values()) size += 4 * data.length;
					expect(size).toBeLessThan(bytes.length);
				} catch (error) {
					expect(error).toBeInstanceOf(RangeError);
					expect((error as Error).message).toMatch(/^readSafetensors: /);
				}
			}),
			{ seed: 1, numRuns: 3000 }
		);
	});
});

describe("a header of one's own", () => {
	const withHeader = (header: unknown, dataBytes = 0) => {
		const text = typeof header === 'string' ? header : JSON.stringify(header);
		const json = new TextEncoder().encode(text);
		const bytes = new Uint8Array(8 + json.length + dataBytes);
		new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
		bytes.set(json, 8);
		return () => readSafetensors(bytes);
	};
	const entry = (shape: unknown, data_offsets: unknown, dtype: unknown = 'F32') => ({
		a: { dtype, shape, data_offsets }
	});

	test.each([
		['an array', [], 0, 'the header must be a JSON object'],
		['null', 'null', 0, 'the header must be a JSON object'],
		['another dtype', entry([1], [0, 2], 'BF16'), 2, '"a" must have dtype "F32", got "BF16"'],
		['no dtype', { a: {} }, 0, 'must have dtype "F32", got undefined'],
		['no object', { a: 3 }, 0, '"a" must be a JSON object, got 3'],
		['a negative length', entry([-1], [0, 4]), 4, 'shape of integers ≥ 0, got [-1]'],
		['half a length', entry([0.5], [0, 2]), 2, 'shape of integers ≥ 0, got [0.5]'],
		['three offsets', entry([1], [0, 4, 4]), 4, 'two data_offsets, integers ≥ 0, got [0,4,4]'],
		['offsets turned round', entry([1], [4, 0]), 4, 'must span 4 bytes, got 4 to 0'],
		['past the end', entry([2], [0, 8]), 4, 'tensors must cover all 4 bytes of data, got 8'],
		['a gap', entry([1], [4, 8]), 8, '"a" must begin at byte 0 of the data'],
		[
			'metadata of numbers',
			{ __metadata__: { x: 1 } },
			0,
			'__metadata__ must hold text alone, got 1 for "x"'
		],
		['metadata in a list', { __metadata__: [] }, 0, '__metadata__ must be a JSON object'],
		['a key twice', '{"a":{},"\\u0061":{}}', 0, 'must not have the key "a" twice'],
		['a key twice, inside', '{"a":{"dtype":"F32","dtype":"F32"}}', 0, 'the key "dtype" twice'],
		[
			'a length of 1e400',
			'{"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,0]}}',
			0,
			'shape of integers'
		],
		['0 times infinity', entry([0, 2 ** 53 - 1, 2 ** 53 - 1], [0, 0]), 0, '']
	])('%s', (_, header, dataBytes, message) => {
		const run = withHeader(header, dataBytes);
		if (message === '') expect(run().tensors.get('a')!.data).toHaveLength(0);
		else expect(run).toThrow(message);
	});

	test('two tensors that overlap by a number', () => {
		const overlap = {
			a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
			b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] }
		};
		expect(withHeader(overlap, 12)).toThrow('"b" must begin at byte 8 of the data');
	});

	test('repeatedKey looks at keys alone, object by object', () => {
		expect(repeatedKey('{"a": {"b": 1}, "b": 2, "a": 3}')).toBe('a');
		expect(repeatedKey('{"a": {"a": ["a", "a"]}, "b": "a"}')).toBeUndefined();
		expect(repeatedKey('{"{\\"a": "}", "a" : "\\\\", "b": ":"}')).toBeUndefined();
		expect(repeatedKey('[{"a": 1}, {"a": 2}]')).toBeUndefined();
	});
});

test('tensors that are none are not written', () => {
	const one = Float32Array.of(1);
	const attempt = (name: string, shape: number[]) => () =>
		writeSafetensors(new Map([[name, { shape, data: one }]]));
	expect(attempt('__metadata__', [1])).toThrow('must not have the name __metadata__');
	expect(attempt('a', [2])).toThrow('the shape of "a" must hold its 1 numbers, got [2]');
	expect(attempt('a', [-1, -1])).toThrow('got [-1,-1]');
});

test('flat parameters and named tensors are two views of the same numbers', () => {
	const layout = { b: { offset: 4, shape: [1] }, a: { offset: 0, shape: [2, 2] } };
	const parameters = Float32Array.of(1, 2, 3, 4, 5);
	const tensors = namedTensors(parameters, layout);
	expect(tensors.get('b')!.data[0]).toBe(5);
	expect(flatParameters(readSafetensors(writeSafetensors(tensors)).tensors, layout)).toEqual(
		parameters
	);
	tensors.get('a')!.data[3] = 9;
	expect(parameters[3]).toBe(9);

	expect(() => namedTensors(parameters.subarray(1), layout)).toThrow(
		'namedTensors: parameters must reach to 5 for "b", got 4'
	);
	const { a, b } = Object.fromEntries(tensors);
	expect(() => flatParameters(new Map([['a', a]]), layout)).toThrow('tensors must have "b"');
	expect(() => flatParameters(new Map([...tensors, ['c', b]]), layout)).toThrow('"c"');
	expect(() =>
		flatParameters(
			new Map([
				['a', a],
				['b', a]
			]),
			layout
		)
	).toThrow('"b" must have shape [1], got [2,2] with 4 numbers');
});
