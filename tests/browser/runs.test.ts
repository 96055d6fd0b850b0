import { describe, expect, test } from 'vitest';
import { useSite, wakeAll } from './site';

const site = useSite();
const LONG = 'embed/federated-training/?rounds=60&localSteps=24';

describe('a long run', () => {
	test('shows how far it is, can be paused, looked back on, gone on with and stopped', async () => {
		const { page, faults } = await site.open(LONG);
		const button = (name: string) => page.getByRole('button', { name, exact: true });
		await page.getByRole('progressbar').waitFor();
		await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0.05);
		await button('Pause').click();
		const at = await page
			.getByRole('progressbar')
			.evaluate((bar) => (bar as HTMLProgressElement).value);
		await page.waitForTimeout(400);
		const later = await page
			.getByRole('progressbar')
			.evaluate((bar) => (bar as HTMLProgressElement).value);
		// A step that had begun when the pause came may still be told of.
		expect(later - at).toBeLessThan(0.05);
		const words = await page.locator('.says').innerText();
		await page.getByLabel('Look back').focus();
		await page.keyboard.press('Home');
		expect(await page.locator('.says').innerText()).not.toBe(words);
		await button('Go on').click();
		await button('Pause').waitFor();
		await button('Stop').click();
		await page.getByText('Stopped before the end.').waitFor();
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('gives way to the next one when a setting changes', async () => {
		const { page, faults } = await site.open(LONG);
		await page.getByRole('progressbar').waitFor();
		await page.getByRole('button', { name: 'As in the paper’s code' }).click();
		await page.getByText('Computed here, to the end.').waitFor();
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.getByRole('progressbar').waitFor();
		expect(faults).toEqual([]);
		await page.context().close();
	});
});

test('a hand that moves does not begin a long run anew at each step, and the last one counts', async () => {
	const { page, faults } = await site.open(LONG, {}, () => {
		const runs: unknown[] = [];
		Object.assign(globalThis, { runs });
		const post: (this: Worker, message: { type: string }) => void = Worker.prototype.postMessage;
		Worker.prototype.postMessage = function (message: { type: string; order: { values: object } }) {
			if (message.type === 'run') runs.push(message.order.values);
			post.call(this, message);
		};
	});
	await page.getByRole('progressbar').waitFor();
	const moved = await page.evaluate(async () => {
		const { runs } = globalThis as never as { runs: { heterogeneity: number }[] };
		const slider = document.querySelector<HTMLInputElement>(
			'[data-param$=".heterogeneity"] input'
		)!;
		const first = runs.length;
		for (let move = 0; move < 30; move++) {
			slider.value = String((1 + (move % 14)) / 10);
			slider.dispatchEvent(new Event('input', { bubbles: true }));
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		const begun = runs.length - first;
		slider.dispatchEvent(new Event('change', { bubbles: true }));
		await new Promise((resolve) => setTimeout(resolve, 50));
		return { begun, last: runs.at(-1)!.heterogeneity };
	});
	expect(moved.begun).toBeLessThan(10);
	expect(moved.last).toBe(0.2);
	expect(faults).toEqual([]);
	await page.context().close();
});

test.each([
	['rigid-motion', '.seen .scene button.body'],
	['exact-or-not', '.seen .area button'],
	['regret-curve', '.seen circle']
])('a drag in the drawing of %s is followed, and is one step of undo', async (name, selector) => {
	const { page, faults } = await site.open(`embed/${name}/`);
	await wakeAll(page);
	const words = page.locator('.says');
	const before = await words.innerText();
	const handle = (await page.locator(selector).first().boundingBox())!;
	const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
	await page.mouse.move(x, y);
	await page.mouse.down();
	for (let i = 1; i <= 6; i++) await page.mouse.move(x + 9 * i, y + 7 * i);
	await expect.poll(() => words.innerText()).not.toBe(before);
	await page.mouse.up();
	const undo = page.getByRole('button', { name: 'Undo', exact: true });
	await undo.click();
	await expect.poll(() => words.innerText()).toBe(before);
	expect(await undo.isDisabled()).toBe(true);
	expect(faults).toEqual([]);
	await page.context().close();
});

describe('seeds and comparison', () => {
	test('many seeds give a band and a spread for each number', async () => {
		const { page } = await site.open('embed/grpo-training/');
		await wakeAll(page);
		await page.getByRole('button', { name: '20 seeds' }).click();
		await page
			.getByText(/over 20 seeds/)
			.first()
			.waitFor();
		expect(await page.getByRole('list').first().innerText()).toContain('20 seeds');
		await page.context().close();
	});

	test('another seed changes what is sampled, the same seed does not', async () => {
		const { page } = await site.open('embed/grpo-training/');
		await wakeAll(page);
		const words = () => page.locator('.says').innerText();
		const first = await words();
		const seed = page.getByLabel('Seed');
		await seed.fill('77');
		await seed.press('Enter');
		await page.waitForFunction(
			(before) => document.querySelector('.says')?.textContent !== before,
			first
		);
		await seed.fill('1');
		await seed.press('Enter');
		await page.waitForFunction(
			(before) => document.querySelector('.says')?.textContent === before,
			first
		);
		expect(await words()).toBe(first);
		await page.context().close();
	});

	test('a comparison draws both sides and says what B changes; its link brings it back', async () => {
		const { page } = await site.open('embed/success-map/');
		await wakeAll(page);
		await page.getByRole('button', { name: 'Compare A | B' }).click();
		await page.getByLabel('Weight of the KL penalty').first().focus();
		await page.keyboard.press('ArrowRight');
		const table = page.getByRole('table', { name: /A against B/ });
		await table.waitFor();
		expect(await page.locator('.stage').count()).toBe(2);
		await page.waitForFunction(() => location.search.includes('b.beta='));
		const rows = await table.innerText();
		await page.reload();
		await wakeAll(page);
		expect(await table.innerText()).toBe(rows);
		await page.context().close();
	});
});

describe('what can be taken away', () => {
	test.each([
		['CSV', /^iteration,success rate\r\n0,0\.2\r\n/],
		['SVG', /^<svg [\s\S]*viewBox="0 0 /],
		['PNG', /^\uFFFDPNG/]
	])('%s', async (name, content) => {
		const { page } = await site.open('embed/success-map/');
		await wakeAll(page);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name, exact: true }).click()
		]);
		expect(download.suggestedFilename()).toBe(`success-map.${name.toLowerCase()}`);
		const chunks: Buffer[] = [];
		for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
		const bytes = Buffer.concat(chunks);
		expect(bytes.byteLength).toBeGreaterThan(100);
		expect(bytes.toString('utf8')).toMatch(content);
		await page.context().close();
	});

	test('the code of the kernels, highlighted', async () => {
		const { page } = await site.open('embed/success-map/');
		await wakeAll(page);
		await page.getByRole('button', { name: 'Code', exact: true }).click();
		await page.locator('[data-source] pre').first().waitFor();
		expect(await page.locator('[data-source]').first().innerText()).toContain(
			'export function successMap'
		);
		await page.context().close();
	});
});

test('what a question covers is not told in words either, until it is answered', async () => {
	const { page, faults } = await site.open('embed/equivariance-error/?question=layerError');
	await wakeAll(page);
	const words = async () => ({
		moment: await page.locator('.playback output').innerText(),
		told: await page.locator('figure > [aria-live]').innerText()
	});
	await page.waitForTimeout(1500);
	expect(await words()).toEqual({ moment: '', told: '' });
	await page.getByRole('button', { name: 'Show without a guess' }).click();
	await expect.poll(async () => (await words()).told).toMatch(/\d/);
	expect((await words()).moment).toMatch(/\d/);
	expect(faults).toEqual([]);
	await page.context().close();
});
