import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { FORMS, LESSONS, useSite, wakeAll } from './site';

const site = useSite();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
	id: string;
	nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds, by all of its rules or by those named. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
	const found = await page.evaluate(
		(runOnly) =>
			(
				globalThis as unknown as {
					axe: { run(options: { runOnly?: string[] }): Promise<{ violations: Finding[] }> };
				}
			).axe.run({ runOnly }),
		rules
	);
	return found.violations.map(
		({ id, nodes }) =>
			`${id}: ${nodes
				.map(({ target }) => target.join(' '))
				.slice(0, 3)
				.join('; ')} ${nodes[0].failureSummary}`
	);
}

test.each(FORMS)(
	'/%s under a sub-path wakes without an error and breaks no rule of axe',
	async (path) => {
		const { page, faults } = await site.open(path, { colorScheme: 'light' });
		expect(await page.title()).toContain('Rollout');
		// Through the browser's own console: the page's security policy stays as it is.
		await page.evaluate(axe);
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
