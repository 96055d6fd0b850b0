import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright';
import { wakeAll, type Site } from '../browser/site';

export const KINDS = ['document', 'script', 'stylesheet', 'font'] as const;
export type Kind = (typeof KINDS)[number];

interface Loaded {
	path: string;
	kind: Kind;
	kB: number;
}

/** What a page loads, each with its gzip size; fonts are compressed as they are. */
async function record(page: Page, go: () => Promise<unknown>): Promise<Loaded[]> {
	const loaded: Promise<Loaded>[] = [];
	const note = (response: Response) => {
		const kind = response.request().resourceType() as Kind;
		if (!KINDS.includes(kind)) return;
		const { pathname } = new URL(response.url());
		loaded.push(
			response.body().then((body) => ({
				path: pathname,
				kind,
				kB: (kind === 'font' ? body.byteLength : gzipSync(body, { level: 9 }).byteLength) / 1000
			}))
		);
	};
	page.on('response', note);
	await go();
	page.off('response', note);
	return Promise.all(loaded);
}

/** First load of a lesson, in kB by kind, with every figure still asleep. */
export async function firstLoad(site: Site, path: string): Promise<Record<Kind, number>> {
	const { page } = await site.visit('about:blank');
	await page.addInitScript(() => {
		// Nothing ever comes into view, so no figure wakes.
		globalThis.IntersectionObserver = class {
			observe() {}
			unobserve() {}
			disconnect() {}
		} as never;
	});
	const loaded = await record(page, () =>
		page.goto(site.root + path, { waitUntil: 'networkidle' })
	);
	await page.context().close();
	const sum = (kind: Kind) =>
		loaded.filter((item) => item.kind === kind).reduce((total, { kB }) => total + kB, 0);
	return Object.fromEntries(KINDS.map((kind) => [kind, sum(kind)])) as Record<Kind, number>;
}

/** A script that this share of the widgets uses is common: one that shows text alone needs no axes. */
const NEARLY_ALL = 0.9;

/**
 * Scripts of the widgets, in kB: what a figure needs anywhere, what its own page needs beside that,
 * what nearly all have in common, and what is each one's own.
 */
export async function widgetBytes(site: Site, embeds: readonly string[]) {
	const { page } = await site.visit('about:blank');
	async function scriptsOf(path: string): Promise<Loaded[]> {
		const loaded = await record(page, async () => {
			await page.goto(site.root + path);
			await wakeAll(page);
		});
		return loaded.filter(({ kind, path }) => kind === 'script' && !path.includes('worker'));
	}
	const onHomePage = new Set((await scriptsOf('')).map(({ path }) => path));
	const scripts = new Map<string, Loaded[]>();
	for (const path of embeds) scripts.set(path, await scriptsOf(path));
	await page.context().close();
	const pages = [...scripts.values()];
	const share = ({ path }: Loaded) =>
		pages.filter((page) => page.some((script) => script.path === path)).length / pages.length;
	const shared = pages[0].filter((script) => share(script) === 1);
	const isCommon = (script: Loaded) => share(script) >= NEARLY_ALL && share(script) < 1;
	const all = new Map(pages.flat().map((script) => [script.path, script]));
	const total = (items: Loaded[]) => items.reduce((sum, { kB }) => sum + kB, 0);
	return {
		player: total(shared.filter(({ path }) => onHomePage.has(path))),
		alone: total(shared.filter(({ path }) => !onHomePage.has(path))),
		common: total([...all.values()].filter(isCommon)),
		own: Object.fromEntries(
			[...scripts].map(([path, items]) => [
				path,
				total(items.filter((script) => share(script) < NEARLY_ALL))
			])
		)
	};
}
