/** What a finished build holds, and what each of its pages needs; tools/listFiles.js writes it. */
export interface FileList {
	/** Each file by its path from the site’s root, such as `lessons/mrt/index.html`. */
	files: Readonly<Record<string, readonly [bytes: number, hash: string]>>;
	/** Places in `files` of what every page needs and of the pages that are always kept. */
	shell: readonly number[];
	/** For each page the places in `files` of what it needs beside the shell, itself first. */
	needs: Readonly<Record<string, readonly number[]>>;
}

/** Where the list is, from the site’s root. */
export const LIST = '_app/files.json';

/** Copies of one site on an origin that may hold several, each under its own path. */
export const cachePrefix = (root: URL): string => `rollout ${root.pathname} `;

/** The first characters of SHA-256 in base64url: enough to tell any two files of a site apart. */
export async function hashOf(body: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
	return btoa(String.fromCharCode(...digest))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.slice(0, 12);
}

/** The path of the file that a static host gives for an address; undefined outside the site. */
export function pathOf(address: URL, root: URL): string | undefined {
	if (address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) return;
	let path;
	try {
		path = decodeURIComponent(address.pathname.slice(root.pathname.length));
	} catch {
		return;
	}
	return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** The address of a file: pages are asked for by their folder, as links name them. */
export const addressOf = (file: string, root: URL): URL =>
	new URL(file.replace(/(^|\/)index\.html$/, '$1'), root);

/** Under what a file is kept: its content is part of it, so no other version answers in its place. */
export const keyOf = (file: string, hash: string, root: URL): string =>
	new URL(`${file}?v=${hash}`, root).href;

/** The files that a page is made of: the shell’s, itself, and its own. */
export function needsOf(list: FileList, page: string): string[] {
	const paths = Object.keys(list.files);
	const own = Object.hasOwn(list.needs, page) ? list.needs[page] : [];
	return [...new Set([...own, ...list.shell].map((at) => paths[at]))];
}

export function bytesOf(list: FileList, files: Iterable<string>): number {
	let sum = 0;
	for (const file of files) sum += list.files[file][0];
	return sum;
}
