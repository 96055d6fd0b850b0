import { expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Page } from 'playwright';
import { useSite, wakeAll } from './site';

const site = useSite();

/** Words of controls, none of which is a sentence of a lesson. */
const CONTROLS = [
	'Copy link',
	'Re-roll',
	'Compare A | B',
	'Check my guess',
	'More settings',
	'Embed'
];
const NAVIGATION = ['Skip to the content', 'Glossary', 'Contents', 'Previous', 'Plan, worksheet'];

/** What a page prints to: the text of each sheet of paper. */
async function print(page: Page, format: 'A4' | 'Letter'): Promise<string[]> {
	const document = await getDocumentProxy(new Uint8Array(await page.pdf({ format })));
	const { text } = await extractText(document);
	return text;
}

/** What breaks lines on paper is no part of an address or a title. */
const solid = (text: string) => text.replace(/\s+/g, '');

/** Words that one full sheet holds about a tenth of. */
const FEW = 40;

const LESSONS: [slug: string, format: 'A4' | 'Letter'][] = [
	['grpo-dynamics', 'A4'],
	['deepseek-techniques', 'Letter'],
	['search-r1', 'A4']
];

test.each(LESSONS)(
	'%s on %s is a paper: title, figures in order, references, answers',
	async (slug, format) => {
		const { page, faults } = await site.open(`lessons/${slug}/`, { colorScheme: 'dark' });
		const address = page.url();
		const title = await page.locator('h1').innerText();
		const paper = await page.locator('.paper a').innerText();
		const figures = await page.locator('.island > figure').evaluateAll((all) =>
			all.map((figure) => ({
				id: figure.id,
				title: figure.querySelector('figcaption span:last-child')!.textContent
			}))
		);
		const sources = await page.locator('.sources a').allInnerTexts();
		const questions = await page.locator('.question legend').allInnerTexts();

		const sheets = await print(page, format);
		const text = solid(sheets.join(' '));
		expect(text).toContain(solid(title));
		expect(text).toContain(solid(paper));
		const places = figures.map(({ title }, i) => text.indexOf(solid(`Figure ${i + 1} ${title}`)));
		expect(places.length).toBeGreaterThan(2);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places[0]).toBeGreaterThan(0);
		for (const { id } of figures) expect(text).toContain(`${address}#${id}`);
		for (const source of sources) expect(text).toContain(solid(source));
		for (const [i, ask] of questions.entries()) {
			expect(text).toContain(solid(`Question ${i + 1}`));
			expect(text).toContain(solid(ask));
		}
		const answers = text.lastIndexOf('Answers');
		expect(answers).toBeGreaterThan(text.lastIndexOf(solid(questions.at(-1)!)));
		expect(answers).toBeGreaterThan(text.lastIndexOf('Sources'));
		for (const words of [...CONTROLS, ...NAVIGATION])
			expect(text, words).not.toContain(solid(words));

		expect(sheets.length).toBeGreaterThanOrEqual(5);
		expect(sheets.length).toBeLessThanOrEqual(14);
		for (const [i, sheet] of sheets.entries()) {
			expect(sheet, 'numbered').toContain(`${i + 1} / ${sheets.length}`);
			expect(sheet.split(/\s+/).length, `sheet ${i + 1}`).toBeGreaterThan(FEW);
		}
		expect(faults).toEqual([]);
		await page.context().close();
	}
);

test('a figure that the reader has changed prints as it is seen, with the address that shows it again', async () => {
	const { page } = await site.open('lessons/grpo-dynamics/', { colorScheme: 'dark' });
	await page.getByRole('button', { name: 'Dark', exact: true }).click();
	await wakeAll(page);
	const figure = page.locator('figure#weights');
	await figure.locator('.presets button').last().click();
	await wakeAll(page);
	const says = await figure.locator('.says').innerText();
	const text = solid((await print(page, 'A4')).join(' '));
	expect(text).toContain(solid(says));
	const printed = await figure.locator('.address').getAttribute('href');
	expect(printed).toMatch(/\?weights\.v=1&weights\..*#weights$/);
	expect(text).toContain(solid(printed!));
	expect(text).toContain(
		solid(
			await figure
				.locator('.settings')
				.textContent()
				.then((t) => t!.split('http')[0])
		)
	);

	await page.emulateMedia({ media: 'print' });
	const colours = await page.evaluate(() => {
		const { backgroundColor, color } = getComputedStyle(document.documentElement);
		return { backgroundColor, color };
	});
	expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
	await page.emulateMedia({ media: 'screen' });

	await page.goto(printed!);
	await wakeAll(page);
	expect(await figure.locator('.says').innerText()).toBe(says);
	await page.context().close();
});

test('nothing on paper is wider than the paper', async () => {
	for (const [slug] of LESSONS) {
		const { page } = await site.open(`lessons/${slug}/`, { viewport: { width: 665, height: 900 } });
		await page.emulateMedia({ media: 'print' });
		const wide = await page
			.locator('.katex-display, .table, pre, figure svg, .sources')
			.evaluateAll((all) =>
				all
					.filter(
						(element) => element.getBoundingClientRect().right > 666 || element.scrollWidth > 666
					)
					.map((element) => element.textContent!.slice(0, 60))
			);
		expect(wide, slug).toEqual([]);
		await page.context().close();
	}
});
