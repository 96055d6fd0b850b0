import { expect, test } from 'vitest';
import { EMBEDS, FORMS, LESSONS, useSite, wakeAll } from './site';
import { keepsRules } from './violations';

const site = useSite();

/** Lessons and figures are looked at when they are open anyway: tests/browser/pages.test.ts. */
const OTHERS = FORMS.filter((path) => !LESSONS.includes(path) && !EMBEDS.includes(path));

test.each(OTHERS)(
	'/%s under a sub-path wakes without an error and breaks no rule of axe',
	async (path) => {
		const { page, faults } = await site.open(path, { colorScheme: 'light' });
		await wakeAll(page);
		await keepsRules(page);
		expect(faults).toEqual([]);
		await page.context().close();
	}
);
