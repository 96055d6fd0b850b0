import { repeatedKey } from './repeatedKey';
import { elementCount, type NamedTensor } from './parameterLayout';

export interface SafetensorsFile {
	tensors: Map<string, NamedTensor>;
	/** The header's free text under `__metadata__`. */
	metadata: Record<string, string>;
}

/** The longest header that the reference implementation reads, in bytes. */
const MAX_HEADER = 100_000_000;
const LENGTH_BYTES = 8;
const FLOAT32_BYTES = 4;
const METADATA = '__metadata__';

/**
 * Named float32 tensors as the bytes of a .safetensors file, which PyTorch and Hugging Face's libraries
 * read without running any code from it:
 *
 *     8 bytes   length N of the header, unsigned, little-endian
 *     N bytes   JSON {name: {dtype: "F32", shape, data_offsets: [begin, end]}, __metadata__: {…}},
 *               padded with spaces so that the data start at a multiple of 8
 *     the rest  the numbers, little-endian, row by row, without gaps
 *
 * Format: github.com/huggingface/safetensors. As there, tensors are ordered by name, so that the same
 * tensors give the same bytes. NaN and infinities are stored as they are.
 *
 * Cost: O(numbers). Throws RangeError for a tensor named `__metadata__`, a shape that is not of integers
 * ≥ 0, and data that do not fill their shape.
 * Worked value: no tensors give 16 bytes: the length 8, then `{}` and six spaces.
 */
export function writeSafetensors(
	tensors: ReadonlyMap<string, NamedTensor>,
	metadata: Readonly<Record<string, string>> = {}
): Uint8Array {
	const names = [...tensors.keys()].sort();
	const header: [string, unknown][] = Object.keys(metadata).length ? [[METADATA, metadata]] : [];
	let dataBytes = 0;
	for (const name of names) {
		const { shape, data } = tensors.get(name)!;
		if (name === METADATA) {
			throw new RangeError(`writeSafetensors: tensors must not have the name ${METADATA}`);
		}
		if (!shape.every(isLength) || elementCount(shape) !== data.length) {
			throw new RangeError(
				`writeSafetensors: the shape of "${name}" must hold its ${data.length} numbers, got [${shape.join()}]`
			);
		}
		const end = dataBytes + FLOAT32_BYTES * data.length;
		header.push([name, { dtype: 'F32', shape, data_offsets: [dataBytes, end] }]);
		dataBytes = end;
	}
	// Member by member: an object would move names like "10" to its front.
	const members = header.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
	const json = new TextEncoder().encode(`{${members.join()}}`);
	const headerBytes = Math.ceil(json.length / 8) * 8;
	const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes);
	const view = new DataView(bytes.buffer);
	view.setBigUint64(0, BigInt(headerBytes), true);
	bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
	bytes.set(json, LENGTH_BYTES);
	let at = LENGTH_BYTES + headerBytes;
	for (const name of names) {
		for (const x of tensors.get(name)!.data) {
			view.setFloat32(at, x, true);
			at += FLOAT32_BYTES;
		}
	}
	return bytes;
}

/**
 * The tensors and the metadata of a .safetensors file whose tensors are all float32. Everything is
 * checked before it is used, as a file may come from anywhere.
 *
 * Cost: O(bytes). Throws RangeError, saying what and where, for: a file too short for its header, a
 * header above 100 MB, not UTF-8, not a JSON object or with a key twice; a tensor without dtype F32, a
 * shape of integers ≥ 0 and two offsets that span as many bytes; offsets that overlap, leave a gap or
 * do not end at the end of the file; metadata that are not all text. White space around the header's
 * JSON passes, as in the reference implementation.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const header = readHeader(bytes, view);
	const metadata = readMetadata(header[METADATA]);
	const entries = Object.entries(header)
		.filter(([name]) => name !== METADATA)
		.map(([name, entry]) => readEntry(name, entry))
		.sort((a, b) => a.begin - b.begin || a.end - b.end);

	const dataStart = LENGTH_BYTES + Number(view.getBigUint64(0, true));
	let covered = 0;
	for (const { name, begin, end } of entries) {
		if (begin !== covered) {
			fail(
				`"${name}" must begin at byte ${covered} of the data, where the one before ends, got ${begin}`
			);
		}
		covered = end;
	}
	if (covered !== bytes.length - dataStart) {
		fail(`tensors must cover all ${bytes.length - dataStart} bytes of data, got ${covered}`);
	}
	const tensors = new Map<string, NamedTensor>();
	for (const { name, shape, begin, end } of entries) {
		const data = new Float32Array((end - begin) / FLOAT32_BYTES);
		for (let i = 0; i < data.length; i++) {
			data[i] = view.getFloat32(dataStart + begin + FLOAT32_BYTES * i, true);
		}
		tensors.set(name, { shape, data });
	}
	return { tensors, metadata };
}

function fail(message: string): never {
	throw new RangeError(`readSafetensors: ${message}`);
}

function isLength(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readHeader(bytes: Uint8Array, view: DataView): Record<string, unknown> {
	if (bytes.length < LENGTH_BYTES) {
		fail(`a file must have at least ${LENGTH_BYTES} bytes, got ${bytes.length}`);
	}
	const length = view.getBigUint64(0, true);
	if (length > MAX_HEADER) fail(`the header must have at most ${MAX_HEADER} bytes, got ${length}`);
	if (length > bytes.length - LENGTH_BYTES) {
		fail(`the header's ${length} bytes must lie within the file, got ${bytes.length} bytes in all`);
	}
	let text: string;
	try {
		const headerBytes = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + Number(length));
		text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(headerBytes);
	} catch {
		fail('the header must be UTF-8');
	}
	let header: unknown;
	try {
		header = JSON.parse(text);
	} catch (error) {
		fail(`the header must be JSON: ${(error as Error).message}`);
	}
	if (!isObject(header)) fail('the header must be a JSON object');
	const repeated = repeatedKey(text);
	if (repeated !== undefined) fail(`the header must not have the key "${repeated}" twice`);
	return header;
}

function readMetadata(metadata: unknown): Record<string, string> {
	if (metadata === undefined) return {};
	if (!isObject(metadata)) fail(`${METADATA} must be a JSON object`);
	for (const [key, value] of Object.entries(metadata)) {
		if (typeof value !== 'string')
			fail(`${METADATA} must hold text alone, got ${JSON.stringify(value)} for "${key}"`);
	}
	return metadata as Record<string, string>;
}

function readEntry(name: string, entry: unknown) {
	if (!isObject(entry)) fail(`"${name}" must be a JSON object, got ${JSON.stringify(entry)}`);
	const { dtype, shape, data_offsets: offsets } = entry;
	if (dtype !== 'F32') fail(`"${name}" must have dtype "F32", got ${JSON.stringify(dtype)}`);
	if (!Array.isArray(shape) || !shape.every(isLength)) {
		fail(`"${name}" must have a shape of integers ≥ 0, got ${JSON.stringify(shape)}`);
	}
	if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isLength)) {
		fail(`"${name}" must have two data_offsets, integers ≥ 0, got ${JSON.stringify(offsets)}`);
	}
	const [begin, end] = offsets as [number, number];
	const size = FLOAT32_BYTES * elementCount(shape);
	if (end - begin !== size) {
		fail(`"${name}" of shape [${shape.join()}] must span ${size} bytes, got ${begin} to ${end}`);
	}
	return { name, shape: shape as number[], begin, end };
}
