import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { serveFolder } from '../../tools/serve.js';

/** The path under which the tests serve the site: never the root, which would hide absolute links. */
export const BASE = '/courses/rollout';

/** What keeps a headless Chromium from talking to anyone. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export interface Site {
	/** Opens a path of the site in a fresh context; `faults` gathers errors and foreign requests. */
	open(path: string, options?: BrowserContextOptions): Promise<{ page: Page; faults: string[] }>;
	origin: string;
}

/** Serves build/ and starts a browser for one test file. */
export function useSite(): Site {
	let browser: Browser;
	let server: ReturnType<typeof serveFolder>;
	const site: Site = {
		origin: '',
		async open(path, options) {
			const context = await browser.newContext(options);
			const page = await context.newPage();
			const faults: string[] = [];
			page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
			page.on('console', (message) => {
				if (message.type() === 'error') faults.push(`console: ${message.text()}`);
			});
			page.on('request', (request) => {
				const foreign =
					!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.origin);
				if (foreign) faults.push(`request to ${request.url()}`);
			});
			await page.goto(`${site.origin}${BASE}/${path}`, { waitUntil: 'load' });
			return { page, faults };
		}
	};
	beforeAll(async () => {
		if (!existsSync('build/index.html')) throw new Error('build/ is missing: run npm run build');
		server = serveFolder('build', BASE).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		site.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: FLAGS });
	});
	afterAll(async () => {
		await browser?.close();
		server?.closeAllConnections();
		server?.close();
	});
	return site;
}

/** Folders of the built site: "lessons/grpo-dynamics/", … */
function foldersOf(folder: string): string[] {
	return readdirSync(`build/${folder}`, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => `${folder}/${name}/`);
}

export const LESSONS = foldersOf('lessons');
export const EMBEDS = foldersOf('embed');
/** Teaching pages and pages of code are of one form each. */
export const TEACHING = foldersOf('teach');
const CODE = foldersOf('code');
const SINGLE = ['', 'lab/', 'glossary/', 'teach/'];
export const PAGES = [...SINGLE, ...LESSONS, ...EMBEDS, ...TEACHING, ...CODE];
/** One page of every form. */
export const FORMS = [...SINGLE, ...LESSONS, ...EMBEDS, TEACHING[0], CODE.at(-1)!];

export function htmlOf(path: string): string {
	return readFileSync(`build/${path}index.html`, 'utf8');
}

/** Brings every figure near the view and waits until each is live and at rest. */
export async function wakeAll(page: Page): Promise<void> {
	for (const island of await page.locator('.island').all()) {
		await island.scrollIntoViewIfNeeded();
		await island.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
	}
	await page.waitForFunction(() => !document.querySelector('.seen[aria-busy="true"]'), undefined, {
		timeout: 45_000
	});
}
