import { bytesOf, cachePrefix, LIST, needsOf, pathOf, type FileList } from './fileList';
import { keepFile, keepFiles, kept, KeepError, type Copy } from './keepFiles';

/** The copy of one version, `version` being the hash of its list of files. */
export async function openCopy(
	root: URL,
	version: string,
	caches: CacheStorage,
	ask: typeof fetch
): Promise<Copy> {
	const prefix = cachePrefix(root);
	const copy: Copy = {
		root,
		list: { files: { [LIST]: [0, version] }, shell: [], needs: {} },
		cache: await caches.open(prefix + version),
		fetch: ask,
		async others() {
			const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
			return Promise.all(
				names.filter((name) => name !== prefix + version).map((name) => caches.open(name))
			);
		}
	};
	await keepFile(copy, LIST);
	const list: FileList = await (await kept(copy, LIST))!.json();
	return { ...copy, list };
}

/** The files of the list that are kept. */
export const keptFiles = ({ list, cache, root }: Copy): Promise<Set<string>> =>
	pathsIn(cache, list, root);

async function pathsIn(cache: Cache, list: FileList, root: URL): Promise<Set<string>> {
	const paths = (await cache.keys()).map(({ url }) => pathOf(new URL(url), root));
	return new Set(
		paths.filter((path) => path !== undefined && Object.hasOwn(list.files, path)) as string[]
	);
}

/** Whether a page opens without a network, with all its figures. */
export const isWhole = (list: FileList, page: string, kept: ReadonlySet<string>): boolean =>
	needsOf(list, page).every((file) => kept.has(file));

/**
 * Makes a new version ready to take the place of the older ones: its shell, then as much of the site
 * as they hold. Where there is room for the shell only, that has to do.
 */
export async function keepShell(copy: Copy): Promise<void> {
	await keepFiles(copy, needsOf(copy.list, 'index.html'));
	const held = new Set<string>();
	for (const cache of await copy.others()) {
		for (const path of await pathsIn(cache, copy.list, copy.root)) {
			for (const file of needsOf(copy.list, path)) held.add(file);
			held.add(path);
		}
	}
	try {
		await keepFiles(copy, held);
	} catch (error) {
		if (!(error instanceof KeepError && error.reason === 'full')) throw error;
	}
}

/** What a reader may want to know of the copy. */
export interface CopyState {
	/** Bytes of the whole site, and of what is kept of it. */
	bytes: number;
	keptBytes: number;
	/** Pages that open without a network, by their files. */
	pages: string[];
	/** What would have to be fetched to keep everything. */
	missing: [file: string, bytes: number][];
}

export async function stateOf(copy: Copy): Promise<CopyState> {
	const { list } = copy;
	const files = await keptFiles(copy);
	const all = Object.keys(list.files);
	return {
		bytes: bytesOf(list, all),
		keptBytes: bytesOf(list, files),
		pages: Object.keys(list.needs).filter((page) => isWhole(list, page, files)),
		missing: all.filter((file) => !files.has(file)).map((file) => [file, list.files[file][0]])
	};
}
