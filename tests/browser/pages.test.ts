import { describe, expect, test } from 'vitest';
import { EMBEDS, htmlOf, LESSONS, PAGES, useSite, wakeAll } from './site';

const site = useSite();

test.each(PAGES)('/%s carries a security policy that forbids inline scripts', (path) => {
	const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(htmlOf(path))?.[1];
	expect(policy).toMatch(/script-src 'self'/);
	const scripts = /script-src[^;]*/.exec(policy ?? '')?.[0];
	expect(scripts).not.toMatch(/unsafe/);
});

describe.each(LESSONS)('/%s without JavaScript', (path) => {
	test('has its prose, its formulas, its drawings and its answers', async () => {
		const { page } = await site.open(path, { javaScriptEnabled: false });
		expect((await page.locator('.prose').innerText()).split(/\s+/).length).toBeGreaterThan(900);
		expect(await page.locator('.katex-display').first().isVisible()).toBe(true);
		for (const figure of await page.locator('.island').all()) {
			expect(await figure.locator('svg[role="img"]').first().isVisible()).toBe(true);
			expect(await figure.locator('.cover').isVisible()).toBe(false);
		}
		expect(await page.locator('.printed-answer').count()).toBeGreaterThanOrEqual(3);
		await page.context().close();
	});

	test('prints its figures, also those covered by a question', async () => {
		const { page } = await site.open(path);
		await wakeAll(page);
		await page.emulateMedia({ media: 'print' });
		for (const figure of await page.locator('.island .seen').all()) {
			expect(await figure.evaluate((node) => getComputedStyle(node).visibility)).toBe('visible');
		}
		expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(20_000);
		await page.context().close();
	});
});

/** A lesson at both widths; a figure alone where room is scarce. */
const AT: [path: string, width: number][] = [
	...LESSONS.flatMap((path): [string, number][] => [
		[path, 390],
		[path, 1280]
	]),
	...EMBEDS.map((path): [string, number] => [path, 390])
];

test.each(AT)('/%s holds still while its figures wake, at %i px', async (path, width) => {
	const { page } = await site.open(path, { viewport: { width, height: 800 } });
	await page.evaluate(() => {
		const shifts: number[] = [];
		Object.assign(globalThis, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				shifts.push((entry as unknown as { value: number }).value);
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const before = await heights();
	await wakeAll(page);
	expect(await heights()).toEqual(before);
	const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
	// A hundredth of what counts as good (0.1): rounding of sub-pixel heights, nothing that is seen.
	expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.001);
	if (width < 640) expect(await over(320), 'wider than a phone').toBeLessThanOrEqual(0);
	await page.context().close();

	function heights() {
		return page.$$eval('.island', (islands) =>
			islands.map((island) => Math.round(island.getBoundingClientRect().height))
		);
	}
	async function over(narrow: number) {
		await page.setViewportSize({ width: narrow, height: 700 });
		return page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
	}
});
