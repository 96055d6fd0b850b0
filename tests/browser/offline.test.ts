import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CopyState } from '../../src/site/offline/copy';
import { listFiles } from '../../tools/listFiles.js';
import { writeDiskSite } from '../../tools/package.js';
import { serveFolder } from '../../tools/serve.js';
import { stampAddresses } from '../../tools/stampAddresses.js';
import { BASE, useSite, wakeAll } from './site';

/** A lesson whose figures run in a worker, and one that is never opened. */
const READ = 'lessons/policy-gradients/';
const UNREAD = 'lessons/mrt/';

/** The server: what it serves, and how many requests it still answers before the network is cut. */
const host = { folder: 'build', left: Infinity };

const site = useSite(() =>
	createServer((request, response) => {
		if (host.left <= 0) return void request.socket.destroy();
		host.left -= 1;
		serveFolder(host.folder, BASE).emit('request', request, response);
	})
);

const allow = { serviceWorkers: 'allow' } as const;
const at = (path: string) => site.root + path;

/** How the worker says that the copy stands; undefined while none answers. */
const stateOf = (page: Page): Promise<CopyState | undefined> =>
	page.evaluate(async () => {
		const { controller } = navigator.serviceWorker;
		if (!controller) return undefined;
		const { port1, port2 } = new MessageChannel();
		const reply = new Promise<{ state: CopyState }>((resolve) => {
			port1.onmessage = ({ data }) => resolve(data);
		});
		controller.postMessage({ ask: 'state' }, [port2]);
		return (await reply).state;
	});

const isKept = (page: Page, path: string) =>
	expect
		.poll(async () => (await stateOf(page))?.pages, { timeout: 20_000 })
		.toContain(`${path}index.html`);

/** The words that only the second version has. */
const NEW = 'A second edition';
const second = mkdtempSync(join(tmpdir(), 'rollout-second-'));

beforeAll(() => {
	cpSync('build', second, { recursive: true });
	for (const path of ['', READ, UNREAD]) {
		const page = join(second, path, 'index.html');
		writeFileSync(page, readFileSync(page, 'utf8').replace(/<h1[^>]*>/, `$&${NEW}: `));
	}
	const islands = join(second, '_app/islands.js');
	writeFileSync(
		islands,
		`${readFileSync(islands, 'utf8')}\ndocument.documentElement.dataset.second='';`
	);
	stampAddresses(second);
	listFiles(second);
});
afterAll(() => rmSync(second, { recursive: true }));
beforeEach(() => Object.assign(host, { folder: 'build', left: Infinity }));

/** Which version a page and its script are of: they must agree. */
const versionOf = (page: Page) =>
	page.evaluate(
		(words) => ({
			page: document.querySelector('h1')!.textContent!.includes(words) ? 2 : 1,
			script: 'second' in document.documentElement.dataset ? 2 : 1
		}),
		NEW
	);

describe('with no network after one visit', () => {
	test('the lesson that was read works whole, and a page that was not says so', async () => {
		const { page } = await site.open(READ, allow);
		await isKept(page, READ);
		host.left = 0;
		const faults: string[] = [];
		page.on('pageerror', (error) => faults.push(error.message));
		await page.reload();
		await wakeAll(page);
		await page.getByRole('button', { name: 'Code', exact: true }).first().click();
		await page.locator('[data-source]').first().waitFor();
		await page.getByRole('link', { name: 'Rollout', exact: true }).click();
		await wakeAll(page);
		await page.goto(at(UNREAD));
		expect(await page.locator('h1').innerText()).toBe('No network');
		expect(page.url()).toBe(at(UNREAD));
		const kept = page.getByRole('region', { name: 'Lessons that you can read now' });
		await kept.getByRole('link').first().waitFor();
		expect(
			await kept
				.getByRole('link')
				.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
		).toEqual([at(READ)]);
		host.left = Infinity;
		await page.getByRole('link', { name: 'Try again' }).click();
		await isKept(page, UNREAD);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('so do the slides that were shown', async () => {
		const { page } = await site.open(`${READ}slides/`, allow);
		await isKept(page, `${READ}slides/`);
		host.left = 0;
		await page.reload();
		await page.keyboard.press('ArrowRight');
		expect(await page.locator('.slide[data-current]').count()).toBe(1);
		await page.context().close();
	});

	test('so does the site that was made for a disk, on a host', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'rollout-disk-'));
		writeDiskSite('build', folder);
		host.folder = folder;
		const { page } = await site.open(`${READ}index.html`, allow);
		await isKept(page, READ);
		host.left = 0;
		await page.reload();
		await wakeAll(page);
		await page.getByRole('link', { name: 'Rollout', exact: true }).click();
		await wakeAll(page);
		await page.goto(at(UNREAD));
		expect(await page.locator('h1').innerText()).toBe('No network');
		await page.context().close();
		rmSync(folder, { recursive: true });
	});

	test('everything can be kept, stopped, gone on with and removed', async () => {
		const { page } = await site.open('settings/', allow);
		await page.getByRole('button', { name: /Keep everything offline/ }).click();
		await page.getByRole('button', { name: 'Stop' }).click();
		await page.getByRole('button', { name: /Keep everything offline/ }).click();
		host.left = 20;
		await page.getByText('The server did not answer.').waitFor();
		host.left = Infinity;
		await page.getByRole('button', { name: /Keep everything offline/ }).click();
		await page.getByText('The whole tutorial is kept').waitFor();
		host.left = 0;
		await page.goto(at(UNREAD));
		const { missing, pages } = (await stateOf(page))!;
		expect(missing).toEqual([]);
		const failed = await page.evaluate(
			async ([root, pages]) => {
				const answers = await Promise.all(
					pages.map((path) => fetch(root + path.replace('index.html', '')))
				);
				return answers.filter(({ status }) => status !== 200).map(({ url }) => url);
			},
			[at(''), pages] as const
		);
		expect(failed).toEqual([]);
		host.left = Infinity;
		await page.goto(at('settings/'));
		await page.getByRole('button', { name: 'Remove the offline copy' }).click();
		await page.getByText('No pages are kept, as you asked.').waitFor();
		expect(
			await page.evaluate(async () => [
				await caches.keys(),
				(await navigator.serviceWorker.getRegistrations()).length
			])
		).toEqual([[], 0]);
		await page.getByRole('button', { name: 'Keep what I open' }).click();
		await page.getByText('Kept now: 0 lessons').waitFor();
		await page.context().close();
	});
});

describe('a new version', () => {
	test('waits until the reader asks for it, and no page is of two', async () => {
		const { page } = await site.open(READ, allow);
		await isKept(page, READ);
		const other = await page.context().newPage();
		await other.goto(at(''));
		host.folder = second;
		await page.reload();
		await page.getByText('A new version of Rollout is ready.').waitFor();
		expect(await versionOf(page)).toEqual({ page: 1, script: 1 });
		await page.goto(at(''));
		expect(await versionOf(page)).toEqual({ page: 1, script: 1 });
		await page.goto(at(UNREAD));
		expect(await versionOf(page)).toEqual({ page: 2, script: 2 });
		await page.goto(at(READ));
		await page.getByRole('button', { name: 'Load it' }).focus();
		await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
		expect(await versionOf(page)).toEqual({ page: 2, script: 2 });
		// What was kept is kept in the new version too.
		host.left = 0;
		await page.reload();
		await isKept(page, READ);
		expect(await versionOf(page)).toEqual({ page: 2, script: 2 });
		// The other window is of the first version and stays whole.
		await wakeAll(other);
		expect(await versionOf(other)).toEqual({ page: 1, script: 1 });
		await Promise.all([
			other.waitForEvent('load'),
			other.getByRole('button', { name: 'Load it' }).click()
		]);
		expect(await versionOf(other)).toEqual({ page: 2, script: 2 });
		await page.close();
		await other.goto(at(READ));
		await expect
			.poll(() => other.evaluate(() => caches.keys()).then((names) => names.length))
			.toBe(1);
		await other.context().close();
	});
});

describe('the network goes away', () => {
	test.each([8, 30])(
		'after %i requests of the first visit, and the next one heals it',
		async (requests) => {
			host.left = requests;
			const { page } = await site.open(READ, allow).catch(async () => {
				host.left = Infinity;
				return site.open(READ, allow);
			});
			await expect.poll(() => host.left).toBeLessThanOrEqual(0);
			expect(await page.locator('h1').count()).toBe(1);
			host.left = Infinity;
			await page.goto(at(READ));
			await isKept(page, READ);
			await page.context().close();
		}
	);

	test.each([1, 4])(
		'after %i requests of an update, and the old version stays whole',
		async (requests) => {
			const { page } = await site.open(READ, allow);
			await isKept(page, READ);
			Object.assign(host, { folder: second, left: requests });
			await page.reload();
			await expect.poll(() => host.left).toBe(0);
			await page.reload();
			await isKept(page, READ);
			expect(await versionOf(page)).toEqual({ page: 1, script: 1 });
			host.left = Infinity;
			await page.reload();
			await page.getByRole('button', { name: 'Load it' }).click();
			await page.waitForFunction(() => 'second' in document.documentElement.dataset);
			expect(await versionOf(page)).toEqual({ page: 2, script: 2 });
			await page.context().close();
		}
	);
});

describe('where no copy can be kept', () => {
	test('storage that is full is told of, and what was kept works', async () => {
		const { page } = await site.open(READ, allow);
		await isKept(page, READ);
		await page.goto(at('settings/'));
		await page.getByRole('button', { name: /Keep everything offline/ }).waitFor();
		const session = await page.context().newCDPSession(page);
		await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 3e6 });
		await page.getByRole('button', { name: /Keep everything offline/ }).click();
		await page.getByText('There is no room left').waitFor();
		host.left = 0;
		await page.goto(at(READ));
		await isKept(page, READ);
		await page.context().close();
	});

	test('a page of http says that copies need https', async () => {
		const { page, faults } = await site.open('', allow);
		await page.goto(at('settings/').replace('127.0.0.1', '0.0.0.0'));
		await page.getByText('served without https').waitFor();
		expect(faults.filter((fault) => !fault.startsWith('request'))).toEqual([]);
		await page.context().close();
	});

	test('a browser that refuses is named as the reason', async () => {
		const { page, faults } = await site.open('settings/');
		await page.getByText('This browser refuses to keep a copy').waitFor();
		expect(faults).toEqual([]);
		await page.context().close();
	});
});
