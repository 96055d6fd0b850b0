import { expect, test } from 'vitest';
import { FORMS, LESSONS, useSite, wakeAll } from './site';
import { violations } from './violations';

const site = useSite();
test.each(FORMS)(
	'/%s under a sub-path wakes without an error and breaks no rule of axe',
	async (path) => {
		const { page, faults } = await site.open(path, { colorScheme: 'light' });
		expect(await page.title()).toContain('Rollout');
		if (LESSONS.includes(path)) expect(await violations(page), 'asleep').toEqual([]);
		await wakeAll(page);
		expect(await violations(page), 'awake').toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark' });
		// Colours are all that the theme changes.
		expect(await violations(page, ['color-contrast']), 'dark').toEqual([]);
		expect(faults).toEqual([]);
		await page.context().close();
	}
);
