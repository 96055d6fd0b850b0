import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { PAGES, useSite, wakeAll } from './site';

const site = useSite();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
	id: string;
	nodes: { target: string[]; failureSummary: string }[];
}

async function violations(page: Page): Promise<string[]> {
	// Through the browser's own console: the page's security policy stays as it is.
	await page.evaluate(axe);
	const found = await page.evaluate(() =>
		(globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run()
	);
	return found.violations.map(
		({ id, nodes }) =>
			`${id}: ${nodes
				.map(({ target }) => target.join(' '))
				.slice(0, 3)
				.join('; ')} ${nodes[0].failureSummary}`
	);
}

describe.each(PAGES)('/%s', (path) => {
	test.each(['light', 'dark'] as const)('breaks no rule of axe, %s', async (colorScheme) => {
		const { page } = await site.open(path, { colorScheme });
		expect(await violations(page)).toEqual([]);
		await wakeAll(page);
		expect(await violations(page)).toEqual([]);
		await page.context().close();
	});
});
