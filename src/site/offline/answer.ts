import { isWhole, keptFiles } from './copy';
import { keyOf, pathOf } from './fileList';
import { fetchFile, kept, KeepError, store, verified, type Copy } from './keepFiles';

/** Where the page stands that says that there is no network. */
const OFFLINE = 'offline/index.html';

/**
 * The answer to a request of a page, so that a page and its parts are always of one version. Parts
 * carry their content’s hash in their address, and only a file with that hash answers. A page that
 * is kept whole comes from the copy; another comes from the network, of whichever version, and its
 * parts follow it. `after` takes work that goes on when the answer is given.
 */
export async function answer(
	copy: Copy,
	request: Request,
	after: (work: Promise<unknown>) => void
): Promise<Response> {
	const address = new URL(request.url);
	return request.mode === 'navigate'
		? answerPage(copy, request, address, after)
		: answerPart(copy, request, address);
}

async function answerPart(copy: Copy, request: Request, address: URL): Promise<Response> {
	const file = listed(copy, pathOf(address, copy.root));
	const stamp = address.searchParams.get('v');
	if (!file || (stamp !== null && stamp !== copy.list.files[file][1])) {
		return (await ofOtherVersion(copy, address, stamp)) ?? copy.fetch(request);
	}
	const found = await kept(copy, file);
	if (found) return found;
	try {
		const fetched = await fetchFile(copy, file);
		await store(copy, file, fetched.clone()).catch(() => {});
		return fetched;
	} catch {
		return Response.error();
	}
}

/** What a page asks for that was opened before an update, or that is newer than this copy. */
async function ofOtherVersion({ others, root }: Copy, address: URL, stamp: string | null) {
	const path = pathOf(address, root);
	const named = path?.startsWith('_app/immutable/');
	if (!path || (stamp === null && !named)) return;
	for (const cache of await others()) {
		const found = await (stamp === null
			? cache.match(address, { ignoreSearch: true })
			: cache.match(keyOf(path, stamp, root)));
		if (found) return found;
	}
}

async function answerPage(
	copy: Copy,
	request: Request,
	address: URL,
	after: (work: Promise<unknown>) => void
): Promise<Response> {
	const page = listed(copy, pathOf(address, copy.root));
	const own = page === undefined ? undefined : await kept(copy, page);
	if (page && own && isWhole(copy.list, page, await keptFiles(copy))) return own;
	try {
		const response = await copy.fetch(request);
		if (response.status >= 500 && own) return own;
		if (page && response.ok) after(keepPage(copy, page, response.clone()));
		return response;
	} catch {
		return own ?? (await withoutNetwork(copy, address));
	}
}

const listed = ({ list }: Copy, path: string | undefined): string | undefined =>
	path !== undefined && Object.hasOwn(list.files, path) ? path : undefined;

async function keepPage(copy: Copy, page: string, response: Response): Promise<void> {
	try {
		const found = await verified(copy, page, response, await response.arrayBuffer());
		if (found) await store(copy, page, found);
	} catch (error) {
		if (!(error instanceof KeepError || error instanceof TypeError)) throw error;
	}
}

async function withoutNetwork(copy: Copy, address: URL): Promise<Response> {
	const folder = listed(copy, pathOf(new URL(`${address.pathname}/`, address), copy.root));
	if (folder && (await kept(copy, folder))) {
		return Response.redirect(`${address.origin}${address.pathname}/${address.search}`);
	}
	const page = await kept(copy, OFFLINE);
	if (!page) return Response.error();
	// It stands in for pages at any depth, so its links start at the site’s root.
	const html = (await page.text()).replaceAll('"../', `"${copy.root.pathname}`);
	return new Response(html, { status: 503, headers: page.headers });
}
