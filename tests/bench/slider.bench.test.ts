import { mkdirSync, writeFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Page } from 'playwright';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { useSite, wakeAll } from '../browser/site';
import { median, quantile } from './measure';
import { report } from './report';

const site = useSite();
const STEPS = 200;
const ROUNDS = 5;

/** Time of each step of the page's first slider, ms: the input, what follows from it, and layout. */
async function steps(page: Page): Promise<number[]> {
	const client = await page.context().newCDPSession(page);
	await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	return page.evaluate(async (count) => {
		const slider = document.querySelector<HTMLInputElement>(
			'.controls input[type="range"], body > input[type="range"]'
		)!;
		const times: number[] = [];
		for (let i = 0; i < count; i++) {
			const start = performance.now();
			slider.value = String(0.05 + 0.07 * (i % 12));
			slider.dispatchEvent(new Event('input', { bubbles: true }));
			await Promise.resolve();
			document.body.getBoundingClientRect();
			times.push(performance.now() - start);
			await new Promise((resolve) => requestAnimationFrame(resolve));
		}
		return times;
	}, STEPS);
}

test('one step of a slider against bare Svelte with d3-scale and d3-shape', async () => {
	await build({
		configFile: false,
		logLevel: 'error',
		publicDir: false,
		plugins: [svelte({ configFile: false })],
		build: {
			outDir: 'build/bench-bare',
			lib: { entry: 'tests/bench/bare/main.ts', formats: ['es'], fileName: () => 'main.js' }
		}
	});
	mkdirSync('build/bench-bare', { recursive: true });
	writeFileSync(
		'build/bench-bare/index.html',
		'<!doctype html><meta charset="utf-8"><body><script type="module" src="main.js"></script></body>'
	);
	const ours: number[] = [];
	const bare: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const live = await site.open('embed/success-weights/');
		await wakeAll(live.page);
		ours.push(...(await steps(live.page)).slice(20));
		await live.page.context().close();
		const other = await site.open('bench-bare/');
		await other.page.locator('svg').waitFor();
		bare.push(...(await steps(other.page)).slice(20));
		await other.page.context().close();
	}
	report('slider step, CPU slowed four times (ms)', {
		ours: { median: median(ours), p95: quantile(ours, 0.95) },
		bare: { median: median(bare), p95: quantile(bare, 0.95) },
		ratio: median(ours) / median(bare)
	});
	expect(ours.length).toBe(bare.length);
});
