import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { useSite, wakeAll } from './site';

const site = useSite();
const WAIT = { timeout: 15_000 };
const FIGURE = 'embed/group-advantages/';
/** The figures of this lesson are covered by their questions. */
const LESSON = 'lessons/grpo-dynamics/';

/** The scripts that a page has asked for. */
const scriptsOf = (page: Page) =>
	page.evaluate(() =>
		performance
			.getEntriesByType('resource')
			.map(({ name }) => name)
			.filter((name) => name.endsWith('.js'))
	);

test('whichever script of a figure does not come, its page says so and can be read', async () => {
	const { page } = await site.open(FIGURE);
	await wakeAll(page);
	const scripts = await scriptsOf(page);
	expect(scripts.length).toBeGreaterThan(8);
	for (const script of scripts) {
		await page.route(script, (route) => route.abort());
		await page.reload();
		if (script.endsWith('/early.js')) {
			await wakeAll(page);
			expect(await page.locator('.controls').first().isVisible()).toBe(true);
		} else {
			await expect.poll(() => page.locator('.cut-off').count(), WAIT).toBe(1);
			expect(await page.locator('.cut-off').innerText()).toContain('load the page again');
			expect(await page.locator('.seen svg').first().isVisible()).toBe(true);
			expect(await page.locator('.controls').first().isVisible()).toBe(false);
		}
		await page.unroute(script);
	}
	await page.context().close();
});

test('a figure of a lesson that does not come is seen as it is drawn, and the others live', async () => {
	const { page } = await site.open('settings/');
	const chunks = 'build/_app/immutable/chunks/';
	const lost = readdirSync(chunks).find((file) =>
		/name:.group-advantages/.test(readFileSync(chunks + file, 'utf8'))
	)!;
	await page.route(`**/${lost}`, (route) => route.abort());
	await page.goto(site.root + LESSON);
	const island = (figure: string) => page.locator(`.island[data-figure="${figure}"]`);
	await island('advantages').scrollIntoViewIfNeeded();
	await island('advantages').locator('.cut-off').waitFor();
	expect(await island('advantages').locator('.seen').isVisible()).toBe(true);
	expect(await island('advantages').locator('.cover').isVisible()).toBe(false);
	await island('map').scrollIntoViewIfNeeded();
	await island('map').locator('.controls:not([disabled])').waitFor();
	expect(await island('map').locator('.cover').isVisible()).toBe(true);
	await page.context().close();
});

test('what is opened after the network went says so', async () => {
	const { page, faults } = await site.open(FIGURE);
	await wakeAll(page);
	await page.route('**/_app/**', (route) => route.abort());
	for (const name of ['Table', 'Embed', 'Code']) {
		await page.getByRole('button', { name, exact: true }).click();
		await page.locator('.foot > p').getByText('did not come').waitFor();
	}
	await page.getByRole('button', { name: 'CSV' }).click();
	await page.locator('.said').getByText('did not come').waitFor();
	expect(faults.filter((fault) => fault.startsWith('error'))).toEqual([]);
	await page.context().close();
});
