import { addressOf, hashOf, keyOf, type FileList } from './fileList';

/** Why a file could not be kept: no answer; an answer with other bytes; no room for it. */
export type Reason = 'network' | 'altered' | 'full';

export class KeepError extends Error {
	constructor(
		readonly reason: Reason,
		file: string
	) {
		super(`${file}: ${reason}`);
	}
}

/** A copy of one version of the site, as far as it has come. */
export interface Copy {
	root: URL;
	list: FileList;
	cache: Cache;
	/** Copies of other versions that are in the browser now. */
	others(): Promise<readonly Cache[]>;
	fetch: typeof fetch;
}

/** How many files are fetched at once. */
const LANES = 6;

/** Keeps those files that are not kept yet; stops at the first that cannot be. */
export async function keepFiles(copy: Copy, files: Iterable<string>): Promise<void> {
	const waiting = [...files];
	let failed = false;
	async function work() {
		for (let file = waiting.shift(); file !== undefined && !failed; file = waiting.shift()) {
			try {
				await keepFile(copy, file);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	}
	const lanes = await Promise.allSettled(Array.from({ length: LANES }, work));
	for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

export async function keepFile(copy: Copy, file: string): Promise<void> {
	if (await kept(copy, file)) return;
	await store(copy, file, (await fromOthers(copy, file)) ?? (await fetchFile(copy, file)));
}

/** The file out of this copy. */
export const kept = ({ root, list, cache }: Copy, file: string): Promise<Response | undefined> =>
	cache.match(keyOf(file, list.files[file][1], root));

async function fromOthers({ root, list, others }: Copy, file: string) {
	for (const cache of await others()) {
		const found = await cache.match(keyOf(file, list.files[file][1], root));
		if (found) return found;
	}
}

export async function store({ root, list, cache }: Copy, file: string, response: Response) {
	try {
		await cache.put(keyOf(file, list.files[file][1], root), response);
	} catch {
		throw new KeepError('full', file);
	}
}

/**
 * A file from the server, whole and of this very version. What an earlier visit left in the
 * browser’s own cache will do; where that is of another version, the server is asked.
 */
export async function fetchFile(copy: Copy, file: string): Promise<Response> {
	const ask = async (cache: RequestCache) => {
		let response, body;
		try {
			response = await copy.fetch(addressOf(file, copy.root), { cache });
			if (response.status >= 500) throw new Error(`status ${response.status}`);
			body = await response.arrayBuffer();
		} catch {
			throw new KeepError('network', file);
		}
		return response.ok ? verified(copy, file, response, body) : undefined;
	};
	const found = (await ask('default')) ?? (await ask('reload'));
	if (!found) throw new KeepError('altered', file);
	return found;
}

/** The response to keep, if its bytes are the file’s. */
export async function verified(
	{ list }: Copy,
	file: string,
	{ headers }: Response,
	body: ArrayBuffer
): Promise<Response | undefined> {
	if ((await hashOf(body)) !== list.files[file][1]) return;
	const own = new Headers(headers);
	// The bytes are unpacked and have one form: these would be false now.
	for (const name of ['content-encoding', 'content-length', 'vary']) own.delete(name);
	return new Response(body, { headers: own });
}
