import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
	id: string;
	nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds, by all of its rules or by those named. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
	// Through the browser's own console: the page's security policy stays as it is.
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
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

/** A page is known by its title and breaks no rule, in light and in dark. */
export async function keepsRules(page: Page): Promise<void> {
	expect(await page.title()).toContain('Rollout');
	expect(await violations(page), 'awake').toEqual([]);
	await page.emulateMedia({ colorScheme: 'dark' });
	// Colours are all that the theme changes.
	expect(await violations(page, ['color-contrast']), 'dark').toEqual([]);
	await page.emulateMedia({ colorScheme: 'light' });
}
