import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { singleFile } from '../../src/package/singleFile.js';
import { writeDiskSite } from '../../tools/package.js';
import { serveFolder } from '../../tools/serve.js';
import { siteIn } from '../../tools/siteIn.js';
import { BASE } from './site';

const firefox = process.env.FIREFOX_PATH;

/** What keeps Firefox from asking its own services anything. */
const QUIET = {
	'app.normandy.enabled': false,
	'browser.safebrowsing.downloads.remote.enabled': false,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'services.settings.server': 'http://localhost:9/'
};

const LIVE = 'fieldset.controls:not([disabled])';
const WAIT = { timeout: 45_000 };
const SOME_LESSONS = ['condorcet-to-nash', 'llm-improved-tsp', 'se3-equivariance'];

describe.skipIf(!firefox)('in Firefox (needs FIREFOX_PATH)', () => {
	let browser: Browser;
	const servers: Server[] = [];
	let root: string;
	let host: string;
	let hosted = '';
	let folder: string;
	/** Its address. */
	let disk: string;

	const addressOf = async (server: Server) => {
		servers.push(server.listen(0, '127.0.0.1'));
		await new Promise((resolve) => server.once('listening', resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'rollout-'));
		disk = pathToFileURL(folder).href;
		root = `${await addressOf(serveFolder('build', BASE))}${BASE}/`;
		host = await addressOf(
			createServer((_, response) => {
				response.writeHead(200, { 'content-type': 'text/html' }).end(hosted);
			})
		);
		browser = await puppeteer.launch({
			browser: 'firefox',
			executablePath: firefox,
			extraPrefsFirefox: QUIET
		});
	});

	afterAll(async () => {
		await browser?.close();
		rmSync(folder, { recursive: true, force: true });
		for (const server of servers) {
			server.closeAllConnections();
			server.close();
		}
	});

	async function open(address: string): Promise<{ page: Page; faults: string[] }> {
		const page = await browser.newPage();
		const faults: string[] = [];
		page.on('pageerror', (error) => faults.push(`error: ${String(error)}`));
		page.on('console', (message) => {
			if (message.type() === 'error') faults.push(`console: ${message.text()}`);
		});
		page.on('request', (request) => {
			const own = ['data:', 'blob:', disk, ...(address.startsWith(disk) ? [] : [root, host])];
			if (!own.some((start) => request.url().startsWith(start)))
				faults.push(`request to ${request.url()}`);
		});
		await page.goto(address, { waitUntil: 'load' });
		return { page, faults };
	}

	/**
	 * Waits until something holds in the page. Puppeteer's own waiting makes functions from text in the
	 * page, which the page's policy forbids, as it should.
	 */
	const until = (page: Page | Frame, holds: (text: string) => boolean, text: string) =>
		expect.poll(() => page.evaluate(holds, text), WAIT).toBe(true);

	const shows = (page: Page | Frame, selector: string) =>
		until(page, (selector) => document.querySelector(selector) !== null, selector);

	/** Brings a figure into view and waits until it is live and at rest. */
	async function wake(page: Page, island: string): Promise<void> {
		await page.$eval(island, (element) => element.scrollIntoView());
		await shows(page, `${island} ${LIVE}`);
		await shows(page, `${island} .seen[aria-busy="false"]`);
	}

	/** Clicks the button of this name in a part of the page, once it is there. */
	async function click(page: Page, name: string, part = 'body'): Promise<void> {
		const named = (name: string, part: string) =>
			[...document.querySelectorAll<HTMLButtonElement>(`${part} button`)].find(
				(button) => button.textContent!.trim() === name && !button.matches(':disabled')
			);
		let button: ElementHandle<Element> | null = null;
		await expect
			.poll(async () => {
				button = (await page.evaluateHandle(named, name, part)).asElement() as typeof button;
				return button;
			}, WAIT)
			.not.toBeNull();
		await button!.click();
	}

	const reads = (page: Page, words: string) =>
		until(page, (words) => document.body.innerText.includes(words), words);

	test('the first page wakes its figure', async () => {
		const { page, faults } = await open(root);
		await wake(page, '.island');
		expect(faults).toEqual([]);
		await page.close();
	});

	test.each(SOME_LESSONS)('the figures of /lessons/%s/ wake and answer a key', async (slug) => {
		const { page, faults } = await open(`${root}lessons/${slug}/`);
		const ids = await page.$$eval('.island', (all) =>
			all.map((island) => island.getAttribute('data-figure')!)
		);
		for (const id of ids) await wake(page, `.island[data-figure="${id}"]`);
		const slider = '.island .panel:not(details *) input[type="range"]';
		const drawn = (slider: string) =>
			document.querySelector(slider)!.closest('.island')!.querySelector('.seen')!.innerHTML;
		const before = await page.evaluate(drawn, slider);
		await page.focus(slider);
		await page.keyboard.press('ArrowRight');
		await expect.poll(() => page.evaluate(drawn, slider), WAIT).not.toBe(before);
		expect(await page.$$('.katex')).not.toEqual([]);
		expect(faults).toEqual([]);
		await page.close();
	});

	test('a long run grows in its worker, is held and goes on', async () => {
		const { page, faults } = await open(`${root}embed/lm-training/?v=1&learningRate=0.02`);
		await click(page, 'Pause');
		await reads(page, 'Paused.');
		const workers = () =>
			performance.getEntriesByType('resource').filter(({ name }) => name.includes('/run.worker-'));
		await expect.poll(async () => (await page.evaluate(workers)).length, WAIT).toBe(1);
		await click(page, 'Go on');
		await click(page, 'Stop');
		await reads(page, 'Stopped before the end.');
		expect(faults).toEqual([]);
		await page.close();
	});

	test('a figure in a frame of another page', async () => {
		hosted = `<!doctype html><title>Course</title><iframe src="${root}embed/success-map/" title="Figure" width="800" height="720"></iframe>`;
		const { page, faults } = await open(host);
		const frame = await (await page.$('iframe'))!.contentFrame();
		await shows(frame!, LIVE);
		expect(faults).toEqual([]);
		await page.close();
	});

	test('the element <rollout-widget> in another page', async () => {
		hosted = `<!doctype html><title>Course</title><script type="module" src="${root}element.js"></script>
			<rollout-widget name="group-advantages"></rollout-widget>`;
		const { page, faults } = await open(host);
		await until(
			page,
			(live) =>
				document.querySelector('rollout-widget')?.shadowRoot?.querySelector(live) instanceof
				Element,
			LIVE
		);
		expect(faults).toEqual([]);
		await page.close();
	});

	test('the Lab trains', async () => {
		const { page, faults } = await open(
			`${root}lab/?difficulty=3&sftSteps=20&maxSteps=2&promptsPerStep=8&evalSteps=2`
		);
		await click(page, 'Train');
		await reads(page, 'Trained to the end.');
		expect(faults).toEqual([]);
		await page.close();
	});

	/** One page of the site as a file on the disk. */
	async function fileOf(page: string): Promise<string> {
		const name = `${page.split('/').at(-2)}.html`;
		writeFileSync(join(folder, name), await singleFile(siteIn('build'), page));
		return `${disk}/${name}`;
	}

	test('a figure as one file makes its long run in a worker, and keeps its state', async () => {
		const { page, faults } = await open(await fileOf('embed/lm-training/'));
		await shows(page, LIVE);
		const slider = '.panel input[type="range"]';
		await page.focus(slider);
		await page.keyboard.press('ArrowRight');
		await click(page, 'Pause');
		await reads(page, 'Paused.');
		await until(page, (start) => location.search.startsWith(start), '?v=1&');
		const value = (slider: string) => document.querySelector<HTMLInputElement>(slider)!.value;
		const set = await page.evaluate(value, slider);
		await page.reload();
		await shows(page, LIVE);
		expect(await page.evaluate(value, slider)).toBe(set);
		expect(faults).toEqual([]);
		await page.close();
	});

	test('a lesson as one file has its fonts, and remembers an answer', async () => {
		const { page, faults } = await open(await fileOf('lessons/grpo-dynamics/'));
		const fonts = await page.evaluate(async () => {
			await document.fonts.ready;
			return [...document.fonts].map(({ family, status }) => `${family} ${status}`);
		});
		expect(fonts).toContain('KaTeX_Math loaded');
		await wake(page, '.island');
		await page.$eval('.question', (element) => element.scrollIntoView());
		await click(page, 'Check my guess', '.question');
		await reads(page, 'answered 1 question');
		await page.reload();
		await reads(page, 'answered 1 question');
		expect(faults).toEqual([]);
		await page.close();
	});

	test('the site from a disk, to its Lab', async () => {
		writeDiskSite('build', join(folder, 'rollout'));
		const { page, faults } = await open(`${disk}/rollout/index.html`);
		await wake(page, '.island');
		await page.goto(
			`${disk}/rollout/lab/index.html?difficulty=3&sftSteps=5&maxSteps=2&promptsPerStep=4&evalSteps=2`
		);
		await click(page, 'Train');
		await reads(page, 'Trained to the end.');
		expect(faults).toEqual([]);
		await page.close();
	});
});
