import type { Site } from '$package/singleFile.js';

async function digest(text: string): Promise<Uint8Array> {
	const bytes = new TextEncoder().encode(text);
	// Browsers keep their own from pages that are not sent over https.
	if (globalThis.crypto?.subtle) {
		return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	}
	const { sha256 } = await import('@noble/hashes/sha2.js');
	return sha256(bytes);
}

/**
 * The site that this page is from, as packages read it.
 * @param root its address, with a slash at the end
 * @param onread called with each file that has come
 */
export function fetchedSite(root: string, onread: () => void): Site {
	async function read(path: string): Promise<Response> {
		const response = await fetch(new URL(path, root));
		if (!response.ok) throw new Error(`“${path}” could not be read (${response.status})`);
		onread();
		return response;
	}
	return {
		text: async (path) => (await read(path)).text(),
		bytes: async (path) => new Uint8Array(await (await read(path)).arrayBuffer()),
		sha256: async (text) => btoa(String.fromCharCode(...(await digest(text))))
	};
}
