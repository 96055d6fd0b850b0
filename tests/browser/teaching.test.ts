import jsQR from 'jsqr';
import type { Locator, Page } from 'playwright';
import { extractText } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { SLIDES, useSite } from './site';
import { violations } from './violations';

const site = useSite();

/** What a phone reads from a code: it is drawn as a bitmap and decoded. */
async function decode(code: Locator): Promise<string | undefined> {
	const { black, size } = await code.evaluate(async (svg) => {
		const size = 200;
		const copy = svg.cloneNode(true) as SVGElement;
		copy.setAttribute('width', String(size));
		copy.setAttribute('height', String(size));
		const image = new Image(size, size);
		image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
		await image.decode();
		const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
		const context = canvas.getContext('2d')!;
		context.drawImage(image, 0, 0);
		const { data } = context.getImageData(0, 0, size, size);
		const black = Array.from({ length: size * size }, (_, i) => (data[4 * i] < 128 ? '1' : '0'));
		return { black: black.join(''), size };
	});
	const pixels = [...black].flatMap((bit) => (bit === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255]));
	return jsQR(new Uint8ClampedArray(pixels), size, size)?.data;
}

const printed = async (page: Page, format: string) =>
	(await extractText(new Uint8Array(await page.pdf({ format, preferCSSPageSize: false })))).text;

describe('a handout', () => {
	const path = 'teach/grpo-dynamics/handout/';

	test('has codes that give back the address of each state, also in the dark', async () => {
		const { page, faults } = await site.open(path, { colorScheme: 'dark' });
		await page.locator('.qr').first().waitFor();
		const codes = await page.locator('.qr').all();
		expect(codes.length).toBe(await page.locator('.handout a[href*="/embed/"]').count());
		const read: (string | undefined)[] = [];
		for (const code of codes) {
			read.push(await decode(code));
			const link = code.locator('xpath=preceding-sibling::a[1]');
			expect(read.at(-1)).toBe(await link.evaluate((node: HTMLAnchorElement) => node.href));
		}
		const rare = read.find((address) => address?.endsWith('?preset=rare'));
		expect(rare).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/courses\/rollout\/embed\/grpo-training\//);
		await page.goto(rare!);
		await page.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		const box = (name: string) =>
			page.locator(`[data-param$=".${name}"] input:not([type="range"])`);
		expect(await box('pRef').inputValue()).toBe('0.001');
		expect(await box('numGenerations').inputValue()).toBe('16');
		expect(await page.getByText('In the address,').count()).toBe(0);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('prints on A4 and Letter with questions, numbers and addresses, and without answers', async () => {
		const { page } = await site.open(path);
		await page.locator('.qr').first().waitFor();
		for (const format of ['A4', 'Letter']) {
			const pages = await printed(page, format);
			const text = pages.join(' ').replace(/\s+/g, ' ');
			for (const words of [
				'P1 In a group of 8',
				'W4: p_ref 0.001',
				'Two minutes to predict',
				'Theory for groups of G'
			]) {
				expect(text, format).toContain(words);
			}
			// An address breaks where its line ends.
			const { host } = new URL(page.url());
			expect(text.replaceAll(' ', '')).toContain(
				`${host}/courses/rollout/embed/grpo-training/?v=1`
			);
			expect(text).not.toContain('Answer key');
			expect(text).not.toContain('about 0.002 against 1');
			expect(pages.length).toBeLessThanOrEqual(4);
		}
		await page.context().close();
	});

	test('without JavaScript gives paths and says what they are', async () => {
		const { page } = await site.open(path, { javaScriptEnabled: false });
		expect(await page.locator('a.state').first().innerText()).toMatch(/^\/embed\/[\w-]+\/\?v=1/);
		expect(await page.getByText('places on the site that it comes from').isVisible()).toBe(true);
		await page.context().close();
	});
});

const place = (page: Page) => page.locator('.slide-bar output').innerText();
const address = (page: Page) => new URL(page.url()).hash;
const current = (page: Page) => page.locator('.slide[data-current]');

describe('slides', () => {
	const path = 'lessons/grpo-dynamics/slides/';

	test('turn by keyboard, keep their place and leave to the lesson', async () => {
		const { page, faults } = await site.open(path);
		const count = await page.locator('.slide').count();
		await current(page).waitFor();
		expect(await place(page)).toBe(`1 / ${count}`);
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press(' ');
		expect(await place(page)).toBe(`3 / ${count}`);
		await page.keyboard.press('PageUp');
		expect(address(page)).toBe('#2');
		expect(await current(page).evaluate((slide) => slide === document.activeElement)).toBe(true);
		await page.keyboard.press('End');
		expect(await page.getByRole('button', { name: 'Next slide' }).isDisabled()).toBe(true);
		await page.keyboard.press('ArrowRight');
		expect(address(page)).toBe(`#${count}`);
		await page.reload();
		await current(page).waitFor();
		expect(await place(page)).toBe(`${count} / ${count}`);
		await page.keyboard.press('Home');
		await page.keyboard.press('t');
		await page.keyboard.press('ArrowRight');
		expect(await current(page).locator('.rest').first().isVisible()).toBe(true);
		await page.keyboard.press('t');
		expect(await current(page).locator('.rest').first().isVisible()).toBe(false);
		await page.keyboard.press('o');
		expect(await page.getByRole('dialog').getByRole('link').count()).toBe(count);
		await page.keyboard.press('Escape');
		expect(page.url()).toContain('/slides/');
		expect(faults).toEqual([]);
		await page.keyboard.press('Escape');
		await page.waitForURL(/\/lessons\/grpo-dynamics\/#a-hard-question-answered-once$/);
		await page.context().close();
	});

	test('leave a figure its own keys, and go where words about a figure lead', async () => {
		const { page, faults } = await site.open(`${path}#map`);
		await current(page).locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		const number = address(page);
		const slider = current(page).locator('[data-param$=".beta"] input[type="range"]');
		const before = await slider.inputValue();
		await slider.focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('PageDown');
		expect(await slider.inputValue()).not.toBe(before);
		expect(address(page)).toBe(number);
		const phrase = page.locator('button.preset[data-of="map"]').first();
		const far = await phrase.evaluate((node) =>
			[...document.querySelectorAll('.slide')].indexOf(node.closest('.slide')!)
		);
		await page.goto(`${site.root}${path}#${far + 1}`);
		await phrase.click();
		expect(address(page)).toBe(number);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('print one a page', async () => {
		const { page } = await site.open(path);
		await current(page).waitFor();
		const count = await page.locator('.slide').count();
		const pdf = await page.pdf({ preferCSSPageSize: true });
		const { text } = await extractText(new Uint8Array(pdf));
		expect(text.length).toBe(count);
		expect(text.join(' ').replace(/\s+/g, ' ')).toContain('Does sampling follow?');
		await page.context().close();
	});

	test('are one long page without JavaScript', async () => {
		const { page } = await site.open(path, { javaScriptEnabled: false });
		for (const slide of await page.locator('.slide').all()) {
			expect(await slide.isVisible()).toBe(true);
		}
		expect(await page.locator('.rest').first().isVisible()).toBe(true);
		await page.context().close();
	});

	test.each([
		[1280, 720, SLIDES],
		[1920, 1080, SLIDES.slice(0, 2)]
	])('hold their text at %i × %i', async (width, height, paths) => {
		const { page } = await site.open('404.html', { viewport: { width, height } });
		const tall: string[] = [];
		for (const path of paths) {
			await page.goto(site.root + path);
			await current(page).waitFor();
			tall.push(
				...(await page.evaluate((path) => {
					const slides = [...document.querySelectorAll('.slide')];
					for (const slide of slides) slide.removeAttribute('data-current');
					return slides.flatMap((slide, i) => {
						slide.setAttribute('data-current', '');
						const over = slide.scrollHeight - slide.clientHeight;
						slide.removeAttribute('data-current');
						return over > 1 && !slide.classList.contains('figure')
							? [`${path}#${i + 1} by ${over} px`]
							: [];
					});
				}, path))
			);
		}
		expect(tall).toEqual([]);
		await page.context().close();
	});
});

test.each(['teach/grpo-dynamics/handout/', 'lessons/grpo-dynamics/slides/#3'])(
	'/%s breaks no rule of axe on a phone, in the dark, and is no wider',
	async (path) => {
		const { page } = await site.open(path, {
			viewport: { width: 390, height: 800 },
			colorScheme: 'dark'
		});
		await page
			.locator('.qr, .slide[data-current] fieldset.controls:not([disabled])')
			.first()
			.waitFor();
		expect(await violations(page)).toEqual([]);
		const over = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(over).toBeLessThanOrEqual(0);
		await page.context().close();
	}
);
