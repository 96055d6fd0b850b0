import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { singleFile } from '../../src/package/singleFile.js';
import { checkPages } from '../../tools/checkPages.js';
import { writeDiskSite } from '../../tools/package.js';
import { siteIn } from '../../tools/siteIn.js';
import { useSite, wakeAll } from './site';

const site = useSite();
let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'rollout-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const address = (name: string) => pathToFileURL(join(folder, name)).href;

/** Writes one page of the site as a file on the disk, and opens that. */
async function openFile(page: string, search = '') {
	const name = `${page.split('/').at(-2)}.html`;
	writeFileSync(join(folder, name), await singleFile(siteIn('build'), page));
	return site.visit(address(name) + search);
}

const exact = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('a figure as one file on a disk', () => {
	test('answers to its controls, keeps its state in the address and gives its numbers', async () => {
		const { page, faults, files } = await openFile('embed/success-map/');
		await wakeAll(page);
		const slider = page.getByLabel('Weight of the KL penalty').first();
		await slider.focus();
		await page.keyboard.press('ArrowRight');
		const value = await slider.inputValue();
		await page.waitForFunction(() => location.search.includes('v=1'));
		await page.reload();
		await wakeAll(page);
		expect(await slider.inputValue()).toBe(value);
		for (const name of ['CSV', 'SVG', 'PNG']) {
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				exact(page, name).click()
			]);
			expect(download.suggestedFilename()).toBe(`success-map.${name.toLowerCase()}`);
		}
		await exact(page, 'Table').click();
		await page.getByRole('table', { name: 'The data of this figure' }).waitFor();
		await exact(page, 'Code').click();
		await page.locator('[data-source] pre').first().waitFor();
		expect(await page.locator('[data-source]').first().innerText()).toContain(
			'function successMap'
		);
		expect(await exact(page, 'Embed').count()).toBe(0);
		expect(await page.locator('a[href]:not([href^="#"]):not([href^="https:"])').count()).toBe(0);
		expect(faults).toEqual([]);
		expect(files.size).toBe(1);
		await page.context().close();
	});

	test('makes its long runs in a worker', async () => {
		const { page, faults, files } = await openFile(
			'embed/federated-training/',
			'?rounds=60&localSteps=24'
		);
		await page.getByRole('progressbar').waitFor();
		await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0.02);
		expect(page.workers().length).toBe(1);
		await exact(page, 'Stop').click();
		await page.getByText('Stopped before the end.').waitFor();
		expect(faults).toEqual([]);
		expect(files.size).toBe(1);
		await page.context().close();
	});

	test('works in a frame that may keep nothing, in a page of another host', async () => {
		const body = await singleFile(siteIn('build'), 'embed/success-map/');
		const { page, faults } = await site.host('<!doctype html><title>A course</title>');
		await page.route('**/figure.html', (route) =>
			route.fulfill({ body, contentType: 'text/html' })
		);
		await page.setContent(
			'<iframe src="/figure.html" sandbox="allow-scripts" width="900" height="900"></iframe>'
		);
		const frame = page.frameLocator('iframe');
		await frame.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		const words = await frame.locator('.says').innerText();
		await frame.getByLabel('Weight of the KL penalty').first().focus();
		await page.keyboard.press('ArrowRight');
		await expect.poll(() => frame.locator('.says').innerText()).not.toBe(words);
		expect(faults).toEqual([]);
		await page.context().close();
	});
});

test('a lesson as one file asks its questions and remembers the answers', async () => {
	const { page, faults, files } = await openFile('lessons/grpo-dynamics/');
	await page.locator('.question').first().scrollIntoViewIfNeeded();
	const question = page.locator('.question').first();
	await question.locator('fieldset:not([disabled])').waitFor();
	await question.getByRole('button', { name: 'Check my guess' }).click();
	await question.getByRole('button', { name: 'Guess again' }).waitFor();
	expect(await page.locator('[data-progress]').innerText()).toContain('answered 1 question');
	await page.reload();
	await expect
		.poll(() => page.locator('[data-progress]').innerText())
		.toContain('answered 1 question');
	const fonts = await page.evaluate(() => document.fonts.ready.then((all) => all.status));
	expect(fonts).toBe('loaded');
	expect(await page.locator('a[href]:not([href^="#"]):not([href^="https:"])').count()).toBe(0);
	const term = page.locator('.term').first();
	await term.locator('a').focus();
	await term.getByRole('tooltip').waitFor();
	expect(faults).toEqual([]);
	expect(files.size).toBe(1);
	await page.context().close();
});

describe('the site on a disk', () => {
	beforeAll(() => {
		writeDiskSite('build', join(folder, 'rollout'));
	});

	test('has every page of the site, and no link that ends at a folder or nowhere', () => {
		const pages = (root: string) =>
			readdirSync(root, { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.html'))
				.sort();
		const unpacked = pages(join(folder, 'rollout'));
		expect(unpacked).toEqual(pages('build'));
		expect(checkPages(join(folder, 'rollout'))).toBe(true);
		const ends = unpacked.flatMap((name) => [
			...readFileSync(join(folder, 'rollout', name), 'utf8').matchAll(/<a\b[^>]*href="[./]+\/?"/g)
		]);
		expect(ends).toEqual([]);
	});

	test('goes from the first page to a live figure and to the Lab, from the disk alone', async () => {
		const { page, faults } = await site.visit(address('rollout/index.html'));
		await page.getByRole('link', { name: 'What GRPO does to a success rate' }).first().click();
		await page.waitForURL(/lessons\/grpo-dynamics\/index\.html/);
		const island = page.locator('.island').first();
		await island.scrollIntoViewIfNeeded();
		await island.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		await page.getByRole('link', { name: 'Lab', exact: true }).click();
		await page.getByRole('button', { name: 'Train', exact: true }).click();
		await page.getByText(/Supervised step [1-9]/).waitFor();
		expect(page.workers().length).toBe(1);
		expect(faults).toEqual([]);
		await page.context().close();
	});
});
