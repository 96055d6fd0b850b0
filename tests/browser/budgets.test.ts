import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { firstLoad, widgetBytes } from '../bench/bytes';
import { EMBEDS, LESSONS, useSite } from './site';

const site = useSite();
const budgets = JSON.parse(readFileSync('tests/bench/budgets.json', 'utf8'));

describe('bytes stay within budget', () => {
	test.each(LESSONS)('%s', async (path) => {
		const kB = await firstLoad(site, path);
		const all = Object.values(kB).reduce((sum, part) => sum + part, 0);
		expect(all).toBeLessThanOrEqual(budgets['lesson first load, kB gzip']);
		expect(kB.script).toBeLessThanOrEqual(budgets['lesson first load, scripts, kB gzip']);
	});

	test('each widget', { timeout: 20_000 + 4000 * EMBEDS.length }, async () => {
		const { player, alone, common, own } = await widgetBytes(site, EMBEDS);
		expect(player).toBeLessThanOrEqual(budgets['player and Svelte, once, kB gzip']);
		expect(alone).toBeLessThanOrEqual(budgets['what a page of its own adds, kB gzip']);
		expect(common).toBeLessThanOrEqual(budgets['marks that nearly all draw with, once, kB gzip']);
		for (const [path, kB] of Object.entries(own)) {
			const larger = budgets['larger widgets, kB gzip'][path];
			expect(kB, path).toBeLessThanOrEqual(larger?.kB ?? budgets["widget's own, kB gzip"]);
		}
	});
});
