import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../../tools/serve.js';
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

	const addressOf = async (server: Server) => {
		servers.push(server.listen(0, '127.0.0.1'));
		await new Promise((resolve) => server.once('listening', resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};

	beforeAll(async () => {
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
			const own = /^(data|blob):/.test(request.url()) || request.url().startsWith(root);
			if (!own && !request.url().startsWith(host)) faults.push(`request to ${request.url()}`);
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

	/** Clicks the button of this name, once it is there. */
	async function click(page: Page, name: string): Promise<void> {
		const named = (name: string) =>
			[...document.querySelectorAll('button')].find(
				(button) => button.textContent!.trim() === name && !button.matches(':disabled')
			);
		let button: ElementHandle<Element> | null = null;
		await expect
			.poll(async () => {
				button = (await page.evaluateHandle(named, name)).asElement() as typeof button;
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
		const loaded = await page.evaluate(() =>
			performance.getEntriesByType('resource').map(({ name }) => name)
		);
		expect(loaded.filter((name) => name.includes('/run.worker-'))).toHaveLength(1);
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
});
