import { labConfig } from '$kernels/lab/labConfig';
import type { LabState } from '$kernels/lab/labState';

const DATABASE = 'rollout-lab';
const STORE = 'checkpoints';
const LAST = 'last';
/** Where a checkpoint goes that cannot be read, before the next one takes its place. */
const ASIDE = 'aside';
/** Of what is stored; what an older or a newer version stored is set aside. */
const VERSION = 1;

interface Stored {
	version: number;
	state: LabState;
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error('the storage refused'));
	});
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
	const opening = indexedDB.open(DATABASE, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
	const database = await request(opening);
	return database.transaction(STORE, mode).objectStore(STORE);
}

/** Keeps the last checkpoint of this browser's Lab; false where storage is refused or full. */
export async function keepCheckpoint(state: LabState): Promise<boolean> {
	try {
		const stored: Stored = { version: VERSION, state };
		await request((await store('readwrite')).put(stored, LAST));
		return true;
	} catch {
		return false;
	}
}

/** The last checkpoint, or undefined where there is none that can be read. */
export async function lastCheckpoint(): Promise<LabState | undefined> {
	try {
		const stored = await request<unknown>((await store('readonly')).get(LAST));
		if (stored === undefined) return undefined;
		const state = readStored(stored as Partial<Stored> | null);
		if (state) return state;
		await request((await store('readwrite')).put(stored, ASIDE));
		await forgetCheckpoint();
		return undefined;
	} catch {
		return undefined;
	}
}

/** The state that was stored, where it is of this version and whole. */
function readStored(stored: Partial<Stored> | null): LabState | undefined {
	try {
		const state = stored!.version === VERSION ? stored!.state! : undefined;
		if (!state) return undefined;
		labConfig(state.config);
		const whole =
			state.policy instanceof Float32Array &&
			state.optimizer.mean.length === state.policy.length &&
			Array.isArray(state.records);
		return whole ? state : undefined;
	} catch {
		return undefined;
	}
}

/** Whether a checkpoint that could not be read was set aside. */
export async function hasCheckpointAside(): Promise<boolean> {
	try {
		return (await request((await store('readonly')).count(ASIDE))) > 0;
	} catch {
		return false;
	}
}

export async function forgetCheckpoint(): Promise<void> {
	try {
		await request((await store('readwrite')).delete(LAST));
	} catch {
		// Storage is refused: there is nothing to forget.
	}
}

/** Takes all checkpoints out, as they are, so that they can be put back. */
export async function takeCheckpoints(): Promise<Map<IDBValidKey, unknown>> {
	try {
		const all = await store('readwrite');
		const [keys, values] = await Promise.all([request(all.getAllKeys()), request(all.getAll())]);
		await request(all.clear());
		return new Map(keys.map((key, i) => [key, values[i]]));
	} catch {
		return new Map();
	}
}

export async function putBackCheckpoints(checkpoints: Map<IDBValidKey, unknown>): Promise<void> {
	for (const [key, value] of checkpoints) {
		await request((await store('readwrite')).put(value, key));
	}
}
