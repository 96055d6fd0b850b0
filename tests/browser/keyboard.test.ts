import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { EMBEDS, useSite, wakeAll } from './site';

const site = useSite();

const CONTROLS = '.controls [data-param]';

/** Moves on by Tab until the focus is inside the element; false where it never comes. */
async function tabTo(page: Page, element: Locator): Promise<boolean> {
	for (let i = 0; i < 200; i++) {
		if (await element.evaluate((node) => node.contains(document.activeElement))) return true;
		await page.keyboard.press('Tab');
	}
	return false;
}

/** What the control shows now. */
const shown = (control: Locator) =>
	control.evaluate((node) =>
		[
			node.querySelector('ol')?.textContent,
			...[
				...node.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select, textarea')
			].map((input) =>
				'checked' in input && input.type !== 'text' && input.type !== 'range'
					? input.checked
					: input.value
			)
		].join('|')
	);

/** The keys that change a control of each kind, one of which is free to move. */
const KEYS = ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Space', 'Delete', '1'];

test.each(EMBEDS)(
	'/%s by keyboard: every control changes the address, undo and reset bring it back; table, comparison and presets',
	async (path) => {
		const { page, faults } = await site.open(path);
		await wakeAll(page);
		for (const more of await page.locator('.controls details summary').all()) {
			await more.focus();
			await page.keyboard.press('Enter');
		}
		// Tab goes on from the last click: from the top of the page, not all round it from the last of "more".
		await page.mouse.click(1, 1);
		for (const control of await page.locator(CONTROLS).all()) {
			const name = await control.getAttribute('data-param');
			await page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
			const field = control
				.locator('input:checked, input:not([type="radio"]), select, textarea, ol button')
				.first();
			expect(await tabTo(page, field), `${name} is reached`).toBe(true);
			const before = await shown(control);
			for (const key of KEYS) {
				if ((await shown(control)) !== before) break;
				await page.keyboard.press(key);
			}
			expect(await shown(control), `${name} changes`).not.toBe(before);
		}
		await page.waitForFunction(() => location.search.includes('v='));
		expect(faults).toEqual([]);
		const undo = page.getByRole('button', { name: 'Undo', exact: true });
		await undo.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Reset', exact: true }).focus();
		await page.keyboard.press('Enter');
		await page.waitForFunction(() => location.search === '');

		for (const name of ['Table', 'Compare A | B']) {
			await page.getByRole('button', { name, exact: true }).focus();
			await page.keyboard.press('Enter');
		}
		await page.getByRole('region', { name: 'The data of this figure' }).waitFor();
		expect(await page.getByRole('tab').count()).toBe(2);
		for (const preset of await page.locator('.presets button').all()) {
			await preset.focus();
			await page.keyboard.press('Enter');
		}
		expect(faults).toEqual([]);
		await page.context().close();
	}
);
