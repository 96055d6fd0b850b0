import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/site/offline/answer';
import { needsOf } from '../../../src/site/offline/fileList';
import { keepFiles } from '../../../src/site/offline/keepFiles';
import { hashOf } from '../../../tools/hash.js';
import { fakeCaches } from './fakeCaches';
import { fakeSite, FIRST, NEEDS, ROOT } from './fakeSite';

const LESSON = 'lessons/a/index.html';
const CHUNK = '_app/immutable/chunks/a1.js';

async function visited(caches = fakeCaches().caches, files = FIRST) {
	const site = fakeSite(files, NEEDS);
	const copy = await site.open(caches);
	await keepFiles(copy, needsOf(copy.list, LESSON));
	site.server.asked.length = 0;
	const ask = async (path: string, mode: RequestMode = 'cors') => {
		const work: Promise<unknown>[] = [];
		const request = new Request(new URL(path, ROOT));
		// Only a browser makes requests of this mode.
		Object.defineProperty(request, 'mode', { value: mode });
		const response = await answer(copy, request, (done) => work.push(done));
		await Promise.all(work);
		return response;
	};
	return { ...site, copy, ask, go: (path: string) => ask(path, 'navigate') };
}

describe('a page', () => {
	test('that is kept whole comes from the copy, whatever its settings are', async () => {
		const { go, server } = await visited();
		expect(await (await go('lessons/a/?beta=1')).text()).toBe('lesson a');
		expect(server.asked).toEqual([]);
	});

	test('that is not comes from the network, and is kept', async () => {
		const { go, server } = await visited();
		expect(await (await go('lessons/b/')).text()).toBe('lesson b');
		server.cut = true;
		expect(await (await go('lessons/b/')).text()).toBe('lesson b');
	});

	test('of a newer version is shown but not kept among the older', async () => {
		const { go, server } = await visited();
		server.served['lessons/b/index.html'] = 'lesson b, second edition';
		expect(await (await go('lessons/b/')).text()).toBe('lesson b, second edition');
		server.cut = true;
		expect((await go('lessons/b/')).status).toBe(503);
	});

	test('that is nowhere without a network has a page in its place, with links that hold', async () => {
		const { go, server } = await visited();
		server.cut = true;
		const response = await go('lessons/none/deeper/');
		expect(response.status).toBe(503);
		expect(await response.text()).toBe(
			'<a href="/rl/">home</a><script src="/rl/islands.js"></script>'
		);
	});

	test('asked for without its last slash leads to itself', async () => {
		const { go, server } = await visited();
		server.cut = true;
		expect((await go('lessons/a?beta=1')).headers.get('location')).toBe(
			`${ROOT.href}lessons/a/?beta=1`
		);
	});

	test('that the server has not is its 404', async () => {
		const { go } = await visited();
		expect((await go('lessons/none/')).status).toBe(404);
	});
});

describe('a part of a page', () => {
	test('comes from the copy where its stamp is that of the copy', async () => {
		const { ask, server } = await visited();
		expect(await (await ask(`islands.js?v=${hashOf('one')}`)).text()).toBe('one');
		expect(await (await ask(CHUNK)).text()).toBe('chunk of a');
		expect(server.asked).toEqual([]);
	});

	test('with the stamp of another version does not', async () => {
		const { ask, server } = await visited();
		server.served['islands.js'] = 'two';
		expect(await (await ask(`islands.js?v=${hashOf('two')}`)).text()).toBe('two');
	});

	test('of a page that was opened before the update comes from the older copy', async () => {
		const { caches } = fakeCaches();
		await visited(caches);
		const { [CHUNK]: gone, ...rest } = FIRST;
		expect(gone).toBe('chunk of a');
		const second = { ...rest, 'islands.js': 'two', '_app/immutable/chunks/a2.js': 'newer' };
		const site = fakeSite(second, { ...NEEDS, [LESSON]: [] });
		const copy = await site.open(caches);
		site.server.cut = true;
		const ask = (path: string) => answer(copy, new Request(new URL(path, ROOT)), () => {});
		expect(await (await ask(CHUNK)).text()).toBe('chunk of a');
		expect(await (await ask(`islands.js?v=${hashOf('one')}`)).text()).toBe('one');
	});

	test('that the server has changed under the same address is refused', async () => {
		const { ask, server, copy } = await visited();
		server.served['lessons/b/index.html'] = 'changed';
		const stamp = copy.list.files['lessons/b/index.html'][1];
		expect((await ask(`lessons/b/?v=${stamp}`)).type).toBe('error');
	});
});
