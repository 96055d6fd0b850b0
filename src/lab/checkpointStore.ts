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

/** Only then is it known whether there was room for what it wrote. */
function ended(transaction: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('the storage refused'));
	});
}

/** Does something with the store in one transaction, and closes the database again. */
async function inStore<T>(
	mode: IDBTransactionMode,
	use: (store: IDBObjectStore) => Promise<T>
): Promise<T> {
	const opening = indexedDB.open(DATABASE, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
	const database = await request(opening);
	try {
		const transaction = database.transaction(STORE, mode);
		const [result] = await Promise.all([use(transaction.objectStore(STORE)), ended(transaction)]);
		return result;
	} finally {
		database.close();
	}
}

/** Keeps the last checkpoint of this browser's Lab; false where storage is refused or full. */
export async function keepCheckpoint(state: LabState): Promise<boolean> {
	try {
		const stored: Stored = { version: VERSION, state };
		await inStore('readwrite', (store) => request(store.put(stored, LAST)));
		return true;
	} catch {
		return false;
	}
}

/** The last checkpoint, or undefined where there is none that can be read. */
export async function lastCheckpoint(): Promise<LabState | undefined> {
	try {
		const stored = await inStore('readonly', (store) => request<unknown>(store.get(LAST)));
		if (stored === undefined) return undefined;
		const state = readStored(stored as Partial<Stored> | null);
		if (state) return state;
		await inStore('readwrite', (store) => request(store.put(stored, ASIDE)));
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
		return (await inStore('readonly', (store) => request(store.count(ASIDE)))) > 0;
	} catch {
		return false;
	}
}

export async function forgetCheckpoint(): Promise<void> {
	try {
		await inStore('readwrite', (store) => request(store.delete(LAST)));
	} catch {
		// Storage is refused: there is nothing to forget.
	}
}

/** Takes all checkpoints out, as they are, so that they can be put back. */
export async function takeCheckpoints(): Promise<Map<IDBValidKey, unknown>> {
	try {
		return await inStore('readwrite', async (store) => {
			const [keys, values] = await Promise.all([
				request(store.getAllKeys()),
				request(store.getAll())
			]);
			await request(store.clear());
			return new Map(keys.map((key, i) => [key, values[i]]));
		});
	} catch {
		return new Map();
	}
}

export async function putBackCheckpoints(checkpoints: Map<IDBValidKey, unknown>): Promise<void> {
	for (const [key, value] of checkpoints) {
		await inStore('readwrite', (store) => request(store.put(value, key)));
	}
}
