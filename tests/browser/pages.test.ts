import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMBEDS, htmlOf, LESSONS, PAGES, useSite, wakeAll } from './site';
import { keepsRules, violations } from './violations';

const site = useSite();

test.each(PAGES)('/%s carries a security policy that forbids inline scripts', (path) => {
	const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(htmlOf(path))?.[1];
	expect(policy).toMatch(/script-src 'self'/);
	const scripts = /script-src[^;]*/.exec(policy ?? '')?.[0];
	expect(scripts).not.toMatch(/unsafe/);
});

test.each(LESSONS)(
	'/%s without JavaScript has its prose, its formulas, its drawings and its answers',
	async (path) => {
		const { page } = await site.open(path, { javaScriptEnabled: false });
		expect((await page.locator('.prose').innerText()).split(/\s+/).length).toBeGreaterThan(900);
		expect(await page.locator('.katex-display').first().isVisible()).toBe(true);
		for (const figure of await page.locator('.island').all()) {
			expect(await figure.locator('svg[role="img"]').first().isVisible()).toBe(true);
			expect(await figure.locator('.cover').isVisible()).toBe(false);
		}
		expect(await page.locator('.printed-answer').count()).toBeGreaterThanOrEqual(3);
		await page.context().close();
	}
);

interface Visit {
	page: Page;
	faults: string[];
	/** Heights of the figures while they are asleep. */
	asleep: number[];
}

const heights = (page: Page) =>
	page.$$eval('.island', (islands) =>
		islands.map((island) => Math.round(island.getBoundingClientRect().height))
	);

/** Opens a page that notes each shift of its layout. */
async function watch(path: string, width: number): Promise<Visit> {
	const { page, faults } = await site.open(path, {
		colorScheme: 'light',
		viewport: { width, height: 800 }
	});
	await page.evaluate(() => {
		const shifts: number[] = [];
		Object.assign(globalThis, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				shifts.push((entry as unknown as { value: number }).value);
		}).observe({ type: 'layout-shift', buffered: true });
	});
	return { page, faults, asleep: await heights(page) };
}

async function holdsStill({ page, asleep }: Visit) {
	await wakeAll(page);
	expect(await heights(page)).toEqual(asleep);
	const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
	// A hundredth of what counts as good (0.1): rounding of sub-pixel heights, nothing that is seen.
	expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.001);
}

async function fitsPhone({ page }: Visit) {
	await page.setViewportSize({ width: 320, height: 700 });
	const over = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(over, 'wider than a phone').toBeLessThanOrEqual(0);
}

/** One visit for all that is seen of a page at one width. */
function useVisit(path: string, width: number): Visit {
	const visit = {} as Visit;
	beforeAll(async () => void Object.assign(visit, await watch(path, width)));
	afterAll(() => visit.page?.context().close());
	return visit;
}

describe.each(LESSONS)('/%s at 390 px', (path) => {
	const visit = useVisit(path, 390);
	test('holds still while its figures wake', () => holdsStill(visit));
	test('is no wider than a phone', () => fitsPhone(visit));
});

describe.each(LESSONS)('/%s at 1280 px', (path) => {
	const visit = useVisit(path, 1280);

	test('breaks no rule of axe while its figures are asleep', async () => {
		expect(await violations(visit.page)).toEqual([]);
	});

	test('holds still while its figures wake', () => holdsStill(visit));

	test('under a sub-path wakes without an error and breaks no rule of axe', async () => {
		await wakeAll(visit.page);
		await keepsRules(visit.page);
		expect(visit.faults).toEqual([]);
	});

	test('prints its figures, also those covered by a question', async () => {
		const { page } = visit;
		await wakeAll(page);
		await page.emulateMedia({ media: 'print' });
		for (const figure of await page.locator('.island .seen').all()) {
			expect(await figure.evaluate((node) => getComputedStyle(node).visibility)).toBe('visible');
		}
		expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(20_000);
	});
});

describe.each(EMBEDS)('/%s', (path) => {
	const visit = useVisit(path, 390);
	test('holds still while its figures wake, at 390 px', () => holdsStill(visit));
	test('is no wider than a phone', () => fitsPhone(visit));

	test('under a sub-path wakes without an error and breaks no rule of axe, at 1280 px', async () => {
		await visit.page.setViewportSize({ width: 1280, height: 720 });
		await wakeAll(visit.page);
		await keepsRules(visit.page);
		expect(visit.faults).toEqual([]);
	});
});
