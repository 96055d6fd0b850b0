import type { CDPSession, Page } from 'playwright';

export interface Memory {
	/** Bytes of the page's heap, and of its worker's. */
	heap: number;
	worker: number;
	nodes: number;
	listeners: number;
}

/** Measures what a page and its worker hold after all that is unreachable is gone. */
export async function watchMemory(page: Page): Promise<() => Promise<Memory>> {
	const client = await page.context().newCDPSession(page);
	const workers = new Map<string, (method: string) => Promise<Record<string, number>>>();
	client.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
		if (targetInfo.type === 'worker') workers.set(sessionId, talkTo(client, sessionId));
	});
	client.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
	await client.send('Target.setAutoAttach', {
		autoAttach: true,
		waitForDebuggerOnStart: false,
		flatten: false
	});
	await client.send('Performance.enable');
	return async () => {
		let worker = 0;
		for (const send of workers.values()) {
			await send('HeapProfiler.collectGarbage');
			worker += (await send('Runtime.getHeapUsage')).usedSize;
		}
		// Twice: what the first collection finalises, the second takes away.
		for (let i = 0; i < 2; i++) await client.send('HeapProfiler.collectGarbage');
		const { metrics } = await client.send('Performance.getMetrics');
		const metric = (name: string) => metrics.find((each) => each.name === name)!.value;
		return {
			heap: metric('JSHeapUsedSize'),
			worker,
			nodes: metric('Nodes'),
			listeners: metric('JSEventListeners')
		};
	};
}

/** The worker's own session goes through that of its page. */
function talkTo(client: CDPSession, sessionId: string) {
	const waiting = new Map<number, (result: Record<string, number>) => void>();
	let last = 0;
	client.on('Target.receivedMessageFromTarget', (event) => {
		if (event.sessionId !== sessionId) return;
		const { id, result } = JSON.parse(event.message);
		waiting.get(id)?.(result);
		waiting.delete(id);
	});
	return (method: string) =>
		new Promise<Record<string, number>>((resolve, reject) => {
			const id = ++last;
			waiting.set(id, resolve);
			const message = JSON.stringify({ id, method });
			client.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
		});
}
