import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { answerFirst, useSite } from './site';

const site = useSite();

const LESSON = 'lessons/grpo-dynamics/';
const KEPT = {
	'grpo-dynamics/group-advantages/rarer': { given: 'The one', right: true },
	'mrt/meta/first': { given: '3', right: false }
};

const keep = (page: Page, answers: object) =>
	page.evaluate(
		(text) => localStorage.setItem('rollout.answers', text),
		JSON.stringify({ version: 1, answers })
	);
const kept = (page: Page) => page.evaluate(() => ({ ...localStorage }) as Record<string, string>);

test('storage that throws is told of once, and answers last as long as the page', async () => {
	const { page, faults } = await site.open('glossary/');
	await page.addInitScript(() => {
		Object.defineProperty(globalThis, 'localStorage', {
			get() {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			}
		});
	});
	await page.goto(new URL(`../${LESSON}`, page.url()).href);
	expect(await page.locator('.trouble').count()).toBe(0);
	await answerFirst(page);
	await page.locator('.trouble').getByText('as long as this page is open').waitFor();
	expect(await page.locator('header [data-progress]').innerText()).toMatch(/answered 1 question/);
	await page.locator('.trouble').getByRole('button', { name: 'Dismiss' }).click();
	await page.getByRole('button', { name: 'Dark', exact: true }).click();
	expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
	expect(await page.locator('.trouble').count()).toBe(0);
	expect(faults).toEqual([]);
	await page.goto(new URL('../../settings/', page.url()).href);
	await page.getByText('refuses storage').waitFor();
	expect(faults).toEqual([]);
	await page.context().close();
});

test('storage of others is set aside with a notice, shown under Settings, and can be saved', async () => {
	const { page, faults } = await site.open('glossary/');
	const foreign = '{"volume":0.5,"__proto__":{"given":"x","right":true}}';
	await page.evaluate((text) => {
		localStorage.setItem('rollout.answers', text);
		localStorage.setItem('rollout.theme', '{"sepia":1}');
		localStorage.setItem('another.site', 'stays');
	}, foreign);
	await page.goto(new URL(`../${LESSON}`, page.url()).href);
	await page.locator('.trouble').getByText('set aside, not deleted').waitFor();
	expect(await kept(page)).toEqual({
		'rollout.answers.aside': foreign,
		'rollout.theme.aside': '{"sepia":1}',
		'another.site': 'stays'
	});
	await page.locator('.trouble').getByRole('link', { name: 'See what is kept' }).click();
	await page.getByText('rollout.answers.aside').waitFor();
	const saving = page.waitForEvent('download');
	await page
		.locator('p.aside', { hasText: 'rollout.answers.aside' })
		.getByRole('button', { name: 'Save' })
		.click();
	expect(readFileSync(await (await saving).path(), 'utf8')).toBe(foreign);
	expect(faults).toEqual([]);
	await page.context().close();
});

test('saved, forgotten and brought in again, everything is as it was; and each step is taken back', async () => {
	const { page, faults } = await site.open('settings/');
	await keep(page, KEPT);
	await page.reload();
	await page.getByRole('button', { name: 'Dark', exact: true }).last().click();
	const before = await kept(page);
	expect(await page.locator('#kept tbody').innerText()).toMatch(/success rate\s+1\s+1\s/);

	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save my progress' }).click();
	const download = await saving;
	expect(download.suggestedFilename()).toMatch(/^rollout-progress-\d{4}-\d\d-\d\d\.json$/);
	const file = readFileSync(await download.path());
	expect(JSON.parse(file.toString())).toMatchObject({
		format: 'rollout-progress',
		version: 1,
		theme: 'dark',
		answers: KEPT
	});

	const forget = async () => {
		await page.getByRole('button', { name: 'Forget everything…' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click();
		await page.getByText('Everything is forgotten.').waitFor();
	};
	const undo = page.getByRole('button', { name: 'Undo' });
	const choose = (buffer: Buffer, name = 'progress.json') =>
		page.locator('#progress-file').setInputFiles({ name, mimeType: 'application/json', buffer });

	await forget();
	expect(await kept(page)).toEqual({});
	await undo.click();
	await page.getByText('Taken back').waitFor();
	expect(await kept(page)).toEqual(before);

	await forget();
	await choose(file);
	await page.getByText('holds 2 answers: 2 new').waitFor();
	await page.getByRole('button', { name: 'Bring in', exact: true }).click();
	await page.getByText('2 answers added').waitFor();
	expect(await kept(page)).toEqual(before);

	await choose(Buffer.from(file.subarray(0, 40)), 'cut.json');
	await page.getByRole('alert').getByText('“cut.json” is not JSON').waitFor();
	expect(await kept(page)).toEqual(before);

	const other = {
		...JSON.parse(file.toString()),
		answers: { 'a/b/c': { given: 'x', right: true } }
	};
	await choose(Buffer.from(JSON.stringify(other)));
	await page.getByLabel('Put the file in the place of what is here (2 answers here go)').check();
	await page.getByRole('button', { name: 'Bring in', exact: true }).click();
	await page.getByText('1 answer of the file').waitFor();
	expect(JSON.parse((await kept(page))['rollout.answers']).answers).toEqual(other.answers);
	await undo.click();
	await page.getByText('Taken back').waitFor();
	expect(await kept(page)).toEqual(before);
	expect(faults).toEqual([]);
	await page.context().close();
});

test('two pages open at once keep each other’s answers and show the same progress', async () => {
	const { page } = await site.open(LESSON);
	const second = await page.context().newPage();
	await second.goto(page.url());
	await answerFirst(page);
	const progress = 'header [data-progress]';
	await second.locator(progress).getByText('answered 1 question').waitFor();
	await keep(second, KEPT);
	await page.locator(progress).getByText('answered 1 question').waitFor();
	await answerFirst(second);
	await page.locator(progress).getByText('answered 2 questions').waitFor();
	await second.getByRole('button', { name: 'Dark', exact: true }).click();
	await page.locator('html[data-theme="dark"]').waitFor();
	await page.context().close();
});

test('without JavaScript the page says what it would do', async () => {
	const { page } = await site.open('settings/', { javaScriptEnabled: false });
	expect(await page.locator('#kept').innerText()).toMatch(/With JavaScript you would see/);
	await page.context().close();
});
