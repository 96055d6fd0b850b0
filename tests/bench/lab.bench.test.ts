import type { CDPSession, Page } from 'playwright';
import { expect, test } from 'vitest';
import { useSite } from '../browser/site';
import { report } from './report';

const site = useSite();

/** A run whose steps are short, so that there are many of them and many reports to the page. */
const SHORT_STEPS =
	'lab/?difficulty=2&modelSize=tiny&sftSteps=20&sftBatchSize=8&maxSteps=4000&promptsPerStep=4&numGenerations=4&evalSteps=50&evalProblems=8&evalGenerations=1';
const DEFAULTS = 'lab/?maxSteps=60';

/** Notes every task of the main thread over 50 ms from now on. */
async function watch(page: Page): Promise<() => Promise<number[]>> {
	await page.evaluate(() => {
		const long: number[] = [];
		Object.assign(globalThis, { long });
		new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) long.push(duration);
		}).observe({ type: 'longtask' });
	});
	return () => page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
}

async function trained(page: Page, to: RegExp) {
	await page.waitForFunction(
		(source) =>
			new RegExp(source).test(document.querySelector<HTMLElement>('.run')?.innerText ?? ''),
		to.source,
		{ timeout: 240_000, polling: 500 }
	);
}

/** Bytes that are alive after collection, in the objects and the arrays of one thread. */
interface Heap {
	usedSize: number;
	backingStorageSize: number;
}

const megabytes = ({ usedSize, backingStorageSize }: Heap) => (usedSize + backingStorageSize) / 1e6;

async function heapOfPage(client: CDPSession): Promise<number> {
	await client.send('HeapProfiler.collectGarbage');
	return megabytes((await client.send('Runtime.getHeapUsage')) as Heap);
}

/** The same of the page's one worker, which has a session of its own. */
async function heapOfWorker(client: CDPSession): Promise<number> {
	const { targetInfos } = await client.send('Target.getTargets', {
		filter: [{ type: 'worker' }]
	});
	const { sessionId } = await client.send('Target.attachToTarget', {
		targetId: targetInfos[0].targetId
	});
	const ask = (id: number, method: string) =>
		new Promise<Heap>((resolve) => {
			const listen = ({ message }: { message: string }) => {
				const answer = JSON.parse(message) as { id: number; result: Heap };
				if (answer.id !== id) return;
				client.off('Target.receivedMessageFromTarget', listen);
				resolve(answer.result);
			};
			client.on('Target.receivedMessageFromTarget', listen);
			void client.send('Target.sendMessageToTarget', {
				sessionId,
				message: JSON.stringify({ id, method })
			});
		});
	await ask(1, 'HeapProfiler.collectGarbage');
	const heap = await ask(2, 'Runtime.getHeapUsage');
	await client.send('Target.detachFromTarget', { sessionId });
	return megabytes(heap);
}

test('the main thread while the Lab trains with its defaults', async () => {
	const { page } = await site.open(DEFAULTS);
	await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
	const longTasks = await watch(page);
	await page.getByRole('button', { name: 'Train', exact: true }).click();
	await trained(page, /Trained to the end/);
	const long = await longTasks();
	report('Lab, defaults, 120 + 60 steps: tasks of the main thread over 50 ms', long);
	expect(long.every(Number.isFinite)).toBe(true);
	await page.context().close();
});

test('memory and the main thread over 4,000 steps', async () => {
	const { page } = await site.open(SHORT_STEPS);
	const client = await page.context().newCDPSession(page);
	const longTasks = await watch(page);
	const heaps: Record<number, { page: number; worker: number }> = {};
	await page.getByRole('button', { name: 'Train', exact: true }).click();
	for (const step of [1000, 2000, 3000, 4000]) {
		await trained(page, new RegExp(`RL step (${step / 1000}\\d{3}|[${step / 1000 + 1}-9]\\d{3})`));
		heaps[step] = { page: await heapOfPage(client), worker: await heapOfWorker(client) };
	}
	const long = await longTasks();
	report('Lab, 4,000 short steps: megabytes alive by step', heaps);
	report('Lab, 4,000 short steps: tasks of the main thread over 50 ms', long);
	for (const { page: own, worker } of Object.values(heaps)) {
		expect(own).toBeGreaterThan(0);
		expect(worker).toBeGreaterThan(0);
	}
	await page.context().close();
});
