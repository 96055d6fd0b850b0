import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { LESSONS, useSite, wakeAll } from '../browser/site';
import { median } from './measure';
import { report } from './report';

const site = useSite();
const ROUNDS = 7;

interface Paint {
	/** Largest contentful paint, ms after navigation. */
	largest: number;
	/** Longest task of the main thread while loading, ms; 0 where none was over 50. */
	longest: number;
}

async function load(path: string): Promise<Paint> {
	const { page } = await site.open('404.html', { viewport: { width: 1280, height: 720 } });
	const client = await page.context().newCDPSession(page);
	await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await page.addInitScript(() => {
		const seen = { largest: 0, longest: 0 };
		Object.assign(globalThis, { seen });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) seen.largest = entry.startTime;
		}).observe({ type: 'largest-contentful-paint', buffered: true });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
		}).observe({ type: 'longtask', buffered: true });
	});
	await page.goto(new URL(path, page.url()).href, { waitUntil: 'networkidle' });
	const seen = await page.evaluate(() => (globalThis as unknown as { seen: Paint }).seen);
	await page.context().close();
	return seen;
}

test('largest paint against a bare page of the same text, CPU slowed four times', async () => {
	for (const path of LESSONS) {
		const { page } = await site.open(path, { javaScriptEnabled: false });
		const text = await page.evaluate(() => {
			const main = document.querySelector('main')!.cloneNode(true) as HTMLElement;
			for (const element of main.querySelectorAll('figure, style, script')) element.remove();
			return main.innerHTML.replace(/ (class|style|data-[\w-]+)="[^"]*"/g, '');
		});
		await page.context().close();
		writeFileSync(
			'build/bare.html',
			`<!doctype html><meta charset="utf-8"><title>Rollout</title>${text}`
		);
		const ours: Paint[] = [];
		const bare: Paint[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(await load(path));
			bare.push(await load('bare.html'));
		}
		const [a, b] = [ours, bare].map((paints) => median(paints.map(({ largest }) => largest)));
		report(`largest paint ${path}`, { ms: a, bareMs: b, ratio: a / b });
		report(
			`longest task while loading ${path} (ms, CPU slowed four times)`,
			Math.max(...ours.map(({ longest }) => longest))
		);
		expect(a).toBeGreaterThan(0);
	}
});

async function state(page: Page) {
	const client = await page.context().newCDPSession(page);
	await client.send('HeapProfiler.collectGarbage');
	await client.send('HeapProfiler.collectGarbage');
	await client.send('Performance.enable');
	const { metrics } = await client.send('Performance.getMetrics');
	const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
	return {
		nodes: of('Nodes'),
		listeners: of('JSEventListeners'),
		megabytes: of('JSHeapUsedSize') / 1e6
	};
}

test('what a thousand steps of a slider leave behind, and how fast it answers', async () => {
	const { page } = await site.open('embed/group-advantages/');
	await wakeAll(page);
	const step = (steps: number) =>
		page.evaluate(async (count) => {
			const slider = document.querySelector<HTMLInputElement>('.controls input[type="range"]')!;
			const times: number[] = [];
			for (let i = 0; i < count; i++) {
				const start = performance.now();
				slider.value = String(2 + (i % 12));
				slider.dispatchEvent(new Event('input', { bubbles: true }));
				await new Promise((resolve) => requestAnimationFrame(resolve));
				document.body.getBoundingClientRect();
				times.push(performance.now() - start);
			}
			slider.dispatchEvent(new Event('change', { bubbles: true }));
			await new Promise((resolve) => setTimeout(resolve, 1200));
			return times;
		}, steps);
	await step(1000);
	const before = await state(page);
	await step(1000);
	const after = await state(page);
	report('left behind by 1,000 steps', {
		nodes: after.nodes - before.nodes,
		listeners: after.listeners - before.listeners,
		megabytes: after.megabytes - before.megabytes
	});
	expect(after.nodes).toBeGreaterThan(0);
	await page.context().close();
});
