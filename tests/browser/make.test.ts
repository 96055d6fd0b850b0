import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Frame, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { courseZip } from '../../src/package/lms/courseZip.js';
import { siteIn } from '../../tools/siteIn.js';
import { useSite, wakeAll } from './site';

const site = useSite();
const WAIT = { timeout: 15_000 };

const NOTE = 'Is "a" < b? <b>Look.</b>';

/** What an instructor has settled, as the address says it. */
const VARIANT = [
	['v', '1'],
	['epsilon', '0.01'],
	['hide', 'tools'],
	['lock', 'epsilon'],
	['note', NOTE],
	['ask', 'Who is pushed up?'],
	['choice', 'The first | only'],
	['choice', 'Nobody'],
	['correct', '2']
];
const SEARCH = new URLSearchParams(VARIANT).toString();

const text = (page: Page, name: string | RegExp) =>
	page.getByRole('textbox', { name, exact: true }).inputValue();
const entriesOf = (link: string) => [...new URL(link).searchParams];

/** The bytes of the package that a button makes. */
async function packed(page: Page, button: string): Promise<Buffer> {
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: button, exact: true }).click();
	return readFileSync(await (await saving).path());
}

/** True where the package is the one that the command makes, which tests/browser/courses.test.ts runs. */
async function isAsByCommand(
	zip: Buffer,
	folder: string,
	choice: Parameters<typeof courseZip>[2]
): Promise<boolean> {
	return zip.equals(await courseZip(siteIn('build'), folder, choice));
}

/** Where a figure is shown: a page, or a frame in one. */
async function expectVariant(shown: Page | Frame) {
	await expect.poll(() => shown.getByText(NOTE).isVisible(), WAIT).toBe(true);
	await shown.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
	const epsilon = shown.locator('[data-param$=".epsilon"] input').first();
	expect(await epsilon.isDisabled()).toBe(true);
	expect(await shown.getByLabel(/^Added to the deviation/).inputValue()).toBe('0.01');
	expect(await shown.getByRole('button', { name: 'CSV' }).count()).toBe(0);
	await shown.getByLabel('The first | only').check();
	await shown.getByRole('button', { name: 'Answer', exact: true }).click();
	expect(await shown.getByText('✗ No.').isVisible()).toBe(true);
}

describe('making a variant', () => {
	test('the form fills the address and every way to take the variant away', async () => {
		const { page, faults } = await site.open('make/?figure=group-advantages');
		await page.getByLabel('Added to the deviation: Locked').check();
		await page.getByLabel(/^Table, files.*: Hidden$/).check();
		await page.getByLabel('Your words above the figure').fill(NOTE);
		await page.getByLabel('Your own question').fill('Who is pushed up?');
		for (const choice of ['The first | only', 'Nobody']) {
			await page.getByRole('button', { name: 'Add a choice' }).click();
			await page.keyboard.type(choice);
		}
		await page.getByLabel('Choice 2 is right').check();

		// The preview is the figure's own page: what it is set to there becomes the start.
		const preview = () => page.frames()[1];
		await expect.poll(() => preview().getByText(NOTE).count(), WAIT).toBe(1);
		await page.getByLabel(/While I set it up/).check();
		await expect.poll(() => preview().getByText(NOTE).count(), WAIT).toBe(1);
		await expect
			.poll(() => preview().locator('[data-param$=".epsilon"] input').last().isEnabled(), WAIT)
			.toBe(true);
		await preview().getByText('More settings').click();
		const epsilon = preview()
			.getByLabel(/^Added to the deviation/)
			.first();
		await epsilon.fill('0.01');
		await epsilon.press('Enter');
		await page.getByRole('button', { name: 'Start from here' }).click();
		await expect.poll(async () => entriesOf(await text(page, 'Link')), WAIT).toEqual(VARIANT);
		expect([...new URL(page.url()).searchParams]).toEqual([
			['figure', 'group-advantages'],
			...VARIANT
		]);

		await page.reload();
		expect(await text(page, 'Link')).toContain('/embed/group-advantages/?');
		expect(entriesOf(await text(page, 'Link'))).toEqual(VARIANT);

		await page.getByRole('button', { name: 'Start over' }).click();
		await expect.poll(async () => entriesOf(await text(page, 'Link'))).toEqual([['v', '1']]);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect.poll(async () => entriesOf(await text(page, 'Link'))).toEqual(VARIANT);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('frame, element and file show what was asked', async () => {
		const { page, faults } = await site.open(`make/?figure=group-advantages&${SEARCH}`);
		const frame = await text(page, /^Frame/);
		const element = await text(page, /^Element/);
		const saving = page.waitForEvent('download');
		await page.getByRole('button', { name: 'HTML file' }).click();
		const folder = mkdtempSync(join(tmpdir(), 'rollout-'));
		const file = join(folder, (await saving).suggestedFilename());
		await (await saving).saveAs(file);

		await page.getByLabel('Percent of the questions').fill('70');
		const zip = await packed(page, 'SCORM 1.2');
		const course = unzipSync(zip);
		expect(strFromU8(course['imsmanifest.xml'])).toContain('<adlcp:masteryscore>70<');
		const [, settings] = /<html[^>]* data-start="([^"]*)"/.exec(strFromU8(course['index.html']))!;
		expect([...new URLSearchParams(settings.replaceAll('&amp;', '&'))]).toEqual(VARIANT);
		const choice = { standard: 'scorm12', mastery: 0.7, settings: SEARCH } as const;
		expect(await isAsByCommand(zip, 'embed/group-advantages/', choice)).toBe(true);
		expect(faults).toEqual([]);
		await page.goto('about:blank');

		const framed = await site.host(`<!doctype html><title>Course</title>${frame}`);
		await expectVariant(framed.page.frames()[1]);
		const height = () =>
			framed.page.evaluate(() => document.querySelector('iframe')!.getBoundingClientRect().height);
		await expect.poll(height, WAIT).not.toBe(720);
		expect(framed.faults).toEqual([]);
		await framed.page.context().close();

		const host = await site.host(`<!doctype html><title>Course</title>${element}`);
		await expectVariant(host.page);
		expect(host.faults).toEqual([]);
		await host.page.context().close();

		await page.goto(`file://${file}`);
		await expectVariant(page);
		await page.reload();
		await expect.poll(() => page.getByText(NOTE).isVisible(), WAIT).toBe(true);
		rmSync(folder, { recursive: true });
		await page.context().close();
	});

	test('a lesson starts with its figures as chosen', async () => {
		const { page, faults } = await site.open('make/?lesson=grpo-dynamics&nothing.x=1');
		await page.getByText(/not for a figure of this lesson/).waitFor();
		const figure = page.getByLabel(/^Figure 3:/);
		await figure.selectOption({ index: 3 });
		const link = () => text(page, 'Link');
		await expect.poll(link).toMatch(/\/lessons\/grpo-dynamics\/\?map\./);
		const chosen = await link();
		await expect.poll(() => page.frames()[1].url(), WAIT).toBe(chosen);
		// The same out of the preview.
		await page.getByRole('button', { name: 'Start over' }).click();
		await expect.poll(link).not.toMatch(/map/);
		await page.evaluate(
			(to) => document.querySelector('iframe')!.contentWindow!.location.replace(to),
			chosen
		);
		await expect.poll(() => page.frames()[1].url(), WAIT).toBe(chosen);
		await page.getByRole('button', { name: 'Start figures as they stand' }).click();
		await expect.poll(link).toBe(chosen);

		for (const [button, standard] of [
			['SCORM 2004', 'scorm2004'],
			['cmi5', 'cmi5']
		] as const) {
			const choice = { standard, settings: new URL(chosen).search.slice(1) };
			const zip = await packed(page, button);
			expect(await isAsByCommand(zip, 'lessons/grpo-dynamics/', choice)).toBe(true);
		}
		expect(faults).toEqual([]);
		await page.context().close();
	});
});

describe('a class list', () => {
	test('three variants in the order that was made of them', async () => {
		const { page, faults } = await site.open('make/?figure=success-map&note=One');
		const add = page.getByRole('button', { name: 'Add this variant' });
		await add.click();
		await page.getByLabel('Your words above the figure').fill('Two');
		await expect.poll(() => text(page, 'Link')).toMatch(/note=Two/);
		await add.click();
		await page.getByLabel('Figure or lesson').selectOption('figure=group-advantages');
		await expect.poll(() => text(page, 'Link')).toMatch(/group-advantages/);
		await add.click();
		await page.getByRole('button', { name: /^Up 3:/ }).click();
		await page.keyboard.press('Enter');
		expect(await page.getByRole('status').filter({ hasText: 'Moved to 1' }).count()).toBe(1);
		await page.getByLabel('Title of the list').fill('Week 3 <i>');
		await page.reload();
		const link = await text(page, 'Link of the list');
		expect(entriesOf(link).filter(([name]) => /figure|note|title/.test(name))).toEqual([
			['title', 'Week 3 <i>'],
			['figure', 'group-advantages'],
			['figure', 'success-map'],
			['note', 'One'],
			['figure', 'success-map'],
			['note', 'Two']
		]);

		await page.goto(link);
		await page.getByRole('heading', { name: 'Week 3 <i>' }).waitFor();
		expect(await page.title()).toContain('Week 3 <i>');
		await page.getByRole('link', { name: 'Next' }).click();
		const heading = page.getByRole('heading', { name: /^Figure 2 of 3 Where does the success/ });
		await expect.poll(() => heading.evaluate((node) => node === document.activeElement)).toBe(true);
		const shown = () => page.frames().find((frame) => frame.url().endsWith('&note=One'))!;
		await expect.poll(() => page.frames().length).toBe(3);
		await expect.poll(() => shown().getByText('One', { exact: true }).isVisible(), WAIT).toBe(true);
		await page.getByRole('link', { name: 'Next' }).click();
		await expect.poll(() => page.getByText('Figure 3 of 3').isVisible()).toBe(true);
		expect(await page.getByRole('link', { name: 'Next' }).count()).toBe(0);
		await page.goBack();
		await expect.poll(() => page.getByText('Figure 2 of 3').isVisible()).toBe(true);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('a hostile link shows text as text, and no page but the site’s own', async () => {
		const title = '<img src=x onerror=alert(1)>';
		const search = new URLSearchParams([
			['title', title],
			['figure', '../../evil'],
			['figure', 'success-map'],
			['host', 'https://evil.example'],
			['figure', '//evil.example/'],
			['figure', 'javascript:alert(1)']
		]);
		const { page, faults } = await site.open(`class/?${search}#99`);
		await wakeAll(page);
		expect(await page.getByText(/3 figures of this link do not exist here/).isVisible()).toBe(true);
		expect(await page.getByRole('heading', { name: title }).isVisible()).toBe(true);
		expect(await page.locator('iframe').count()).toBe(1);
		expect(await page.locator('iframe').getAttribute('src')).toMatch(
			new RegExp(`^${site.root}embed/success-map/`)
		);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('storage that is refused stops nothing', async () => {
		const { page, faults } = await site.open('make/', {}, () => {
			Object.defineProperty(globalThis, 'localStorage', {
				get() {
					throw new DOMException('refused', 'SecurityError');
				}
			});
		});
		await page.getByRole('button', { name: 'Add this variant' }).click();
		expect(await page.getByText(/This browser keeps nothing/).isVisible()).toBe(true);
		expect(await text(page, 'Link of the list')).toMatch(/\/class\/\?figure=/);
		expect(faults).toEqual([]);
		await page.context().close();
	});
});
