import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useSite } from './site';

const site = useSite();

/** A run of some seconds: a small model, few steps. */
const SHORT = 'lab/?difficulty=3&sftSteps=60&maxSteps=12&promptsPerStep=16&evalSteps=4';

const button = (page: Page, name: string | RegExp) =>
	page.getByRole('button', { name, exact: true });
const says = (page: Page) => page.locator('.run').innerText();

async function reaches(page: Page, words: RegExp) {
	await page.waitForFunction(
		(source) =>
			new RegExp(source).test(document.querySelector<HTMLElement>('.run')?.innerText ?? ''),
		words.source,
		{ timeout: 45_000 }
	);
}

async function download(page: Page, name: string): Promise<Download> {
	const [file] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
	return file;
}

async function take(page: Page, name: string): Promise<string> {
	return readFileSync(await (await download(page, name)).path(), 'utf8');
}

test('trains to the end, is looked into, and is made again from its link to the last bit', async () => {
	const { page, faults } = await site.open(SHORT);
	await button(page, 'Train').click();
	await reaches(page, /Trained to the end. RL step 12/);
	expect(await says(page)).not.toContain('WebAssembly');
	const csv = await take(page, 'Curves as CSV');
	expect(csv.split('\r\n')).toHaveLength(1 + 60 + 12 + 1);

	await button(page, 'Look into the last batch').click();
	const sums = page.locator('.terms tfoot tr');
	await sums.last().waitFor();
	const [sum, loss] = (await sums.allInnerTexts()).map((row) =>
		Number(row.replace('−', '-').trim().split(/\s+/).at(-1))
	);
	expect(Math.abs(sum - loss)).toBeLessThan(1e-6);
	await page.getByLabel('Reward of this completion').last().fill('2');
	await page.getByLabel('Reward of this completion').last().press('Enter');
	await page.locator('tr.differs').first().waitFor();
	await button(page, 'As it was').click();

	await button(page, 'As a TRL script').click();
	expect(await page.getByLabel('The run as a TRL script').inputValue()).toContain('GRPOConfig(');

	const again = await site.open(page.url().split('/rollout/')[1]);
	await button(again.page, 'Train').click();
	await reaches(again.page, /Trained to the end. RL step 12/);
	expect(await take(again.page, 'Curves as CSV')).toBe(csv);
	expect([...faults, ...again.faults]).toEqual([]);
	await again.page.context().close();
	await page.context().close();
});

test('pauses, steps, survives a reload, rewinds and goes on with other settings', async () => {
	const { page, faults } = await site.open(SHORT.replace('maxSteps=12', 'maxSteps=60'));
	await button(page, 'Train').click();
	await reaches(page, /Training…\s+RL step (2[1-9]|[3-9]\d)/);
	await button(page, 'Pause').click();
	await reaches(page, /Paused/);
	const [, at] = /Paused. RL step (\d+)/.exec(await says(page))!;
	await button(page, 'Step').click();
	await reaches(page, new RegExp(`Paused. RL step ${Number(at) + 1}`));
	const rewindTo = page.getByRole('combobox', { name: 'to', exact: true });
	const newest = 10 * Math.floor(Number(at) / 10);
	expect(await rewindTo.locator('option').first().innerText()).toBe(`RL step ${newest}`);
	await rewindTo.selectOption('RL step 10');
	await button(page, 'Rewind').click();
	await reaches(page, /Paused. RL step 10\b/);
	await button(page, 'Step').click();
	await reaches(page, /Paused. RL step 11\b/);

	await page.reload();
	await button(page, 'Go on with it').click();
	await reaches(page, /Paused. RL step \d0/);
	await page.getByLabel('Weight of the KL', { exact: false }).first().fill('0.1');
	await page.getByLabel('Weight of the KL', { exact: false }).first().press('Tab');
	await button(page, 'Go on with them from the last checkpoint').click();
	await button(page, 'Go on').click();
	await reaches(page, /Trained to the end. RL step 60/);
	const document = JSON.parse(await take(page, 'Run as JSON'));
	expect(document.plan.changes).toHaveLength(1);
	expect(document.plan.changes[0].settings).toEqual({ beta: 0.1 });

	const checkpoint = await (await download(page, 'Checkpoint as safetensors')).path();

	const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from('') };
	const open = page.getByLabel('Open a run (JSON) or a checkpoint (safetensors)');
	await open.setInputFiles({ ...file, buffer: Buffer.from('{"format": 1}') });
	await page.getByText('That file was not taken').waitFor();
	await open.setInputFiles({ ...file, buffer: Buffer.from(JSON.stringify(document)) });
	await page.getByText('The run was read').waitFor();

	await page.reload();
	await button(page, 'Forget it').click();
	const weights = { name: 'run.safetensors', mimeType: 'application/octet-stream' };
	await open.setInputFiles({ ...weights, buffer: Buffer.from('none') });
	await page.getByText('That file was not taken').waitFor();
	await open.setInputFiles({ ...weights, buffer: readFileSync(checkpoint) });
	await reaches(page, /Paused. RL step 60/);
	await button(page, 'Go on').click();
	await reaches(page, /Trained to the end. RL step 60/);
	expect(JSON.parse(await take(page, 'Run as JSON'))).toEqual(document);
	expect(faults).toEqual([]);
	await page.context().close();
});

test('four more seeds make a band, and a run with other settings stands beside them', async () => {
	const { page, faults } = await site.open(
		'lab/?difficulty=2&modelSize=tiny&sftSteps=20&maxSteps=4&promptsPerStep=4&numGenerations=4&evalSteps=2&evalProblems=4'
	);
	await button(page, 'Train').click();
	await reaches(page, /Trained to the end/);
	await button(page, '4 more seeds').click();
	await page.getByRole('cell', { name: '1, 2, 3, 4, 5', exact: true }).waitFor();
	expect(new URL(page.url()).searchParams.has('seed')).toBe(false);
	await page.getByLabel('Algorithm', { exact: true }).selectOption('dapo');
	await button(page, 'Train anew').first().click();
	await reaches(page, /Trained to the end/);
	await button(page, 'Keep to compare').click();
	await page.getByRole('rowheader', { name: 'DAPO' }).waitFor();
	expect(faults).toEqual([]);
	await page.context().close();
});

test('stands a hostile address, and says what it left out', async () => {
	const { page, faults } = await site.open(
		`lab/?task=__proto__&beta=NaN&changes=%7B&x=${encodeURIComponent('<img src=x onerror=alert(1)>')}`
	);
	await button(page, 'Train').waitFor();
	const notices = await page.locator('#lab [role="status"]').first().innerText();
	expect(notices).toMatch(/Task must be one of/);
	expect(await page.locator('#lab img').count()).toBe(0);
	expect(faults).toEqual([]);
	await page.context().close();
});

test('fits a phone', async () => {
	const { page } = await site.open('lab/', { viewport: { width: 320, height: 700 } });
	await button(page, 'Train').waitFor();
	const over = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(over).toBeLessThanOrEqual(0);
	await page.context().close();
});
