import { describe, expect, test } from 'vitest';
import { isWhole, keepShell, keptFiles, stateOf } from '../../../src/site/offline/copy';
import { needsOf } from '../../../src/site/offline/fileList';
import { keepFiles, kept } from '../../../src/site/offline/keepFiles';
import { fakeCaches } from './fakeCaches';
import { fakeSite, FIRST, NEEDS } from './fakeSite';

const LESSON = 'lessons/a/index.html';

describe('keeping files', () => {
	test('each is kept with its own bytes and without headers that would be false', async () => {
		const copy = await fakeSite(FIRST, NEEDS).open();
		await keepFiles(copy, needsOf(copy.list, LESSON));
		const page = (await kept(copy, LESSON))!;
		expect(await page.text()).toBe('lesson a');
		expect(page.headers.get('content-type')).toBe('text/x');
		expect(page.headers.get('vary')).toBeNull();
		expect(isWhole(copy.list, LESSON, await keptFiles(copy))).toBe(true);
	});

	test('another version’s bytes are refused, after the server itself was asked', async () => {
		const site = fakeSite(FIRST, NEEDS);
		const copy = await site.open();
		site.server.served[LESSON] = 'lesson a, second edition';
		site.server.modes.length = 0;
		await expect(keepFiles(copy, [LESSON])).rejects.toMatchObject({ reason: 'altered' });
		expect(site.server.modes).toEqual(['default', 'reload']);
		expect(await kept(copy, LESSON)).toBeUndefined();
	});

	test('a cut stops it, and it goes on with what is missing', async () => {
		const site = fakeSite(FIRST, NEEDS);
		const copy = await site.open();
		await keepFiles(copy, ['islands.js']);
		site.server.cut = true;
		await expect(keepFiles(copy, Object.keys(FIRST))).rejects.toMatchObject({ reason: 'network' });
		site.server.cut = false;
		site.server.asked.length = 0;
		await keepFiles(copy, Object.keys(FIRST));
		expect(site.server.asked).not.toContain('islands.js');
		expect((await stateOf(copy)).missing).toEqual([]);
	});

	test('full storage is a reason of its own', async () => {
		const { caches, left } = fakeCaches();
		const copy = await fakeSite(FIRST, NEEDS).open(caches);
		left.room = 0;
		await expect(keepFiles(copy, [LESSON])).rejects.toMatchObject({ reason: 'full' });
	});
});

describe('a new version', () => {
	const SECOND = { ...FIRST, 'index.html': '<h1>second</h1>', 'islands.js': 'two' };

	/** The caches after a visit to lesson a in the first version. */
	async function visited() {
		const fake = fakeCaches();
		const first = await fakeSite(FIRST, NEEDS).open(fake.caches);
		await keepFiles(first, needsOf(first.list, LESSON));
		return { ...fake, first };
	}

	test('takes over what was kept, and fetches only what has changed', async () => {
		const { caches, first } = await visited();
		const site = fakeSite(SECOND, NEEDS);
		const second = await site.open(caches);
		await keepShell(second);
		const { pages } = await stateOf(second);
		expect(pages).toEqual(['index.html', 'offline/index.html', LESSON]);
		expect(site.server.asked.toSorted()).toEqual(['', '_app/files.json', 'islands.js']);
		expect(await (await kept(first, 'islands.js'))!.text()).toBe('one');
		expect(await (await kept(second, 'islands.js'))!.text()).toBe('two');
	});

	test('has to do with its shell where there is room for no more', async () => {
		const { caches, left } = await visited();
		const second = await fakeSite(SECOND, NEEDS).open(caches);
		left.room = 3;
		await keepShell(second);
		expect((await stateOf(second)).pages).toEqual(['index.html', 'offline/index.html']);
	});

	test('is not put in place when its shell does not come whole', async () => {
		const { caches } = await visited();
		const site = fakeSite(SECOND, NEEDS);
		const second = await site.open(caches);
		site.server.cut = true;
		await expect(keepShell(second)).rejects.toMatchObject({ reason: 'network' });
	});
});
