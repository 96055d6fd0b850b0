import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
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

interface Opened {
	page: Page;
	/** Errors, and requests to other hosts than those of the test. */
	faults: string[];
	/** Files that were read from the disk, where the page itself is one. */
	files: Set<string>;
}

export interface Site {
	/** Opens a path of the site in a fresh context; `init` runs there before the page's own scripts. */
	open(path: string, options?: BrowserContextOptions, init?: () => void): Promise<Opened>;
	/** Opens a page of the test's own, served from another origin than the site. */
	host(html: string, headers?: Record<string, string>): Promise<Opened>;
	/** Opens any address: a file of the disk, a page of the test's own server. */
	visit(address: string): Promise<Opened>;
	origin: string;
	/** Address of the site's root. */
	root: string;
}

/** Serves build/ and starts a browser for one test file; `serve` takes the place of a plain server. */
export function useSite(serve = () => serveFolder('build', BASE)): Site {
	let browser: Browser;
	let server: ReturnType<typeof serveFolder>;
	let hostServer: Server;
	let hosted: { html: string; headers?: Record<string, string> };
	let hostOrigin = '';
	async function visit(
		url: string,
		options?: BrowserContextOptions,
		init?: () => void
	): Promise<Opened> {
		// A copy for use without a network would be made anew in each: tests/browser/offline.test.ts.
		const context = await browser.newContext({ serviceWorkers: 'block', ...options });
		const page = await context.newPage();
		const faults: string[] = [];
		const files = new Set<string>();
		page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
		page.on('console', (message) => {
			if (message.type() === 'error') faults.push(`console: ${message.text()}`);
		});
		page.on('request', (request) => {
			if (url.startsWith('file:') && request.url().startsWith('file:')) {
				files.add(request.url().split('?')[0]);
				return;
			}
			const own = [/^(data|blob):/, site.origin, hostOrigin];
			if (!own.some((start) => request.url().search(start) === 0))
				faults.push(`request to ${request.url()}`);
		});
		if (init) await page.addInitScript(init);
		await page.goto(url, { waitUntil: 'load' });
		return { page, faults, files };
	}
	const site: Site = {
		origin: '',
		root: '',
		open: (path, options, init) => visit(site.root + path, options, init),
		visit: (address) => visit(address),
		host(html, headers) {
			hosted = { html, headers };
			return visit(hostOrigin);
		}
	};
	const listening = async (started: Server) => {
		await new Promise((resolve) => started.once('listening', resolve));
		return (started.address() as AddressInfo).port;
	};
	beforeAll(async () => {
		if (!existsSync('build/index.html')) throw new Error('build/ is missing: run npm run build');
		server = serve().listen(0, '127.0.0.1');
		site.origin = `http://127.0.0.1:${await listening(server)}`;
		site.root = `${site.origin}${BASE}/`;
		hostServer = createServer((request, response) => {
			const isPage = request.url === '/';
			response.writeHead(isPage ? 200 : 204, { 'content-type': 'text/html', ...hosted.headers });
			response.end(isPage ? hosted.html : '');
		}).listen(0, '127.0.0.1');
		hostOrigin = `http://127.0.0.1:${await listening(hostServer)}/`;
		browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: FLAGS });
	});
	afterAll(async () => {
		await browser?.close();
		for (const started of [server, hostServer]) {
			started?.closeAllConnections();
			started?.close();
		}
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
/** Teaching pages, their handouts, slides and pages of code are of one form each. */
export const TEACHING = foldersOf('teach').filter((path) => path !== 'teach/embedding/');
export const HANDOUTS = TEACHING.map((path) => `${path}handout/`);
export const SLIDES = LESSONS.map((path) => `${path}slides/`);
const CODE = foldersOf('code');
const SINGLE = [
	'',
	'lab/',
	'glossary/',
	'teach/',
	'teach/embedding/',
	'make/',
	'class/',
	'settings/',
	'offline/'
];

export const PAGES = [
	...SINGLE,
	...LESSONS,
	...EMBEDS,
	...TEACHING,
	...HANDOUTS,
	...SLIDES,
	...CODE
];
/** One page of every form. */
export const FORMS = [
	...SINGLE,
	...LESSONS,
	...EMBEDS,
	TEACHING[0],
	HANDOUTS[0],
	SLIDES[0],
	CODE.at(-1)!
];

export function htmlOf(path: string): string {
	return readFileSync(`build/${path}index.html`, 'utf8');
}

/** Answers the first question of a page. */
export async function answerFirst(page: Page): Promise<void> {
	const check = page.locator('.question').first();
	await check.scrollIntoViewIfNeeded();
	await check.locator('fieldset:not([disabled])').waitFor();
	const option = check.locator('input[type="radio"]').first();
	if (await option.count()) await option.check();
	await check.getByRole('button', { name: 'Check my guess' }).click();
	await check.locator('.verdict strong').waitFor();
}

/** Brings every figure that a page shows near the view and waits until each is live and at rest. */
export async function wakeAll(page: Page): Promise<void> {
	// Slides hide all but one as soon as their script is there.
	await page.waitForFunction(
		() => !document.querySelector('.slide') || document.querySelector('.slide[data-current]')
	);
	for (const island of await page.locator('.island:visible').all()) {
		await island.scrollIntoViewIfNeeded();
		await island.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
	}
	for (const form of await page.locator('#make, #class').all()) {
		await form.locator('iframe, p').first().waitFor();
	}
	await page.waitForFunction(() => !document.querySelector('.seen[aria-busy="true"]'), undefined, {
		timeout: 45_000
	});
}
