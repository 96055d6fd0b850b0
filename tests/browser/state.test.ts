import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFirst, EMBEDS, LESSONS, useSite, wakeAll } from './site';

const site = useSite();

/** An address is written once a figure has been quiet for a while, later still where others work. */
const WAIT = { timeout: 10_000 };

const HOSTILE: [what: string, search: string][] = [
	['a version to come', 'v=999'],
	['seeds that are none', 'seed=-1&seed=abc'],
	['a preset of every object', 'preset=__proto__'],
	['markup for a name', `${encodeURIComponent('<img src=x onerror=alert(1)>')}=1`],
	['a script for a preset', `preset=${encodeURIComponent('"><script>window.hit=1</script>')}`],
	['names of every object', 'constructor=1&toString=2&hasOwnProperty=3'],
	['five thousand digits', `rewards=${'9'.repeat(5000)}`]
];

/** Opens a figure at an address with faults: it tells of them and is otherwise as ever. */
async function stands(path: string, search: string) {
	const { page, faults } = await site.open(`${path}?${search}`);
	await wakeAll(page);
	expect(await page.locator('figure [role="status"]').first().innerText()).toMatch(/address/);
	expect(await page.locator('figure img, figure script').count()).toBe(0);
	expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
	expect(await page.locator('figure svg[role="img"]').first().isVisible()).toBe(true);
	expect(faults).toEqual([]);
	return page;
}

test.each(HOSTILE)('an address with %s is stood', async (_, search) => {
	const page = await stands(EMBEDS[0], search);
	await page.context().close();
});

test.each(EMBEDS)(
	'/%s stands an address with all that is wrong at once, and shows again what a link was copied of',
	async (path) => {
		const page = await stands(path, HOSTILE.map(([, search]) => search).join('&'));
		await expect.poll(() => page.url(), WAIT).not.toMatch(/v=999/);
		const before = page.url();
		await page.locator('.presets button').last().click();
		await expect.poll(() => page.url(), WAIT).not.toBe(before);
		await page.waitForFunction(() => !document.querySelector('.seen[aria-busy="true"]'));
		const words = await page.locator('p.says').innerText();
		const address = page.url();
		await page.goto(address);
		await wakeAll(page);
		expect(await page.locator('p.says').innerText()).toBe(words);
		await page.context().close();
	}
);

describe.each(LESSONS)('/%s', (path) => {
	const visit = {} as Awaited<ReturnType<typeof site.open>>;
	beforeAll(async () => void Object.assign(visit, await site.open(path)));
	afterAll(() => visit.page?.context().close());

	test('remembers an answer, and stands a storage that is broken', async () => {
		const { page, faults } = visit;
		await answerFirst(page);
		await page.reload();
		await expect
			.poll(() => page.locator('[data-progress]').first().innerText(), WAIT)
			.toMatch(/answered 1 question/);
		await page.evaluate(() => localStorage.setItem('rollout.answers', '{"a":[1,{"b":'));
		await page.reload();
		await wakeAll(page);
		expect(faults).toEqual([]);
	});

	test('keeps its figures’ states apart in one address', async () => {
		const { page, faults } = visit;
		await wakeAll(page);
		const figures = await page
			.locator('.island > figure')
			.evaluateAll((all) => all.map(({ id }) => id));
		for (const id of figures) {
			const figure = page.locator(`figure[id="${id}"]`);
			const pass = figure.getByRole('button', { name: 'Show without a guess' });
			if (await pass.isVisible()) await pass.click();
			await figure.locator('.presets button').last().click();
		}
		await expect
			.poll(() => {
				const search = new URL(page.url()).searchParams;
				return figures.filter((id) => !search.has(`${id}.v`));
			}, WAIT)
			.toEqual([]);
		expect(faults).toEqual([]);
	});
});
