import { hashOf } from '../../../tools/hash.js';
import { openCopy } from '../../../src/site/offline/copy';
import { LIST } from '../../../src/site/offline/fileList';
import { fakeCaches } from './fakeCaches';

export const ROOT = new URL('https://school.example/rl/');

/** A site of a few files, its list, and a server for both that can be cut or changed. */
export function fakeSite(files: Record<string, string>, needs: Record<string, string[]>) {
	const paths = Object.keys(files);
	const places = (names: string[]) => names.map((name) => paths.indexOf(name));
	const list = JSON.stringify({
		files: Object.fromEntries(
			Object.entries(files).map(([path, text]) => [path, [Buffer.byteLength(text), hashOf(text)]])
		),
		shell: places(['index.html', 'offline/index.html', 'islands.js']),
		needs: Object.fromEntries(
			Object.entries(needs).map(([page, names]) => [page, places([page, ...names])])
		)
	});
	const served: Record<string, string> = { ...files, [LIST]: list };
	const server = { served, cut: false, asked: [] as string[], modes: [] as (string | undefined)[] };
	const ask = async (asked: Request | URL | string, init?: RequestInit) => {
		const path = new URL(asked instanceof Request ? asked.url : asked).pathname.slice(4);
		if (server.cut) throw new TypeError('no network');
		server.asked.push(path);
		server.modes.push(init?.cache);
		const text = server.served[path === '' || path.endsWith('/') ? `${path}index.html` : path];
		if (text === undefined) return new Response('not here', { status: 404 });
		return new Response(text, { headers: { 'content-type': 'text/x', vary: '*' } });
	};
	return {
		server,
		fetch: ask as typeof fetch,
		open: (caches = fakeCaches().caches) =>
			openCopy(ROOT, hashOf(list), caches, ask as typeof fetch)
	};
}

export const FIRST = {
	'index.html': '<h1>home</h1>',
	'offline/index.html': '<a href="../">home</a><script src="../islands.js"></script>',
	'islands.js': 'one',
	'lessons/a/index.html': 'lesson a',
	'lessons/b/index.html': 'lesson b',
	'_app/immutable/chunks/a1.js': 'chunk of a'
};
export const NEEDS = {
	'index.html': [],
	'offline/index.html': [],
	'lessons/a/index.html': ['_app/immutable/chunks/a1.js'],
	'lessons/b/index.html': []
};
