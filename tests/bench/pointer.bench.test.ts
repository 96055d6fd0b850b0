import { readdirSync, readFileSync } from 'node:fs';
import type { CDPSession, Locator } from 'playwright';
import { expect, test } from 'vitest';
import { useSite, wakeAll } from '../browser/site';
import { quantile } from './measure';
import { report } from './report';

const site = useSite();

/** Lessons whose figures are furthest apart in kind. */
const LESSONS = ['03', '04', '11', '13', '20'];
const MOVES = 90;
const FRAME = 1000 / 60;

/** What the pointer moves: a control's slider, a ranking, points and bodies in the drawing, the crosshair. */
const HANDLES: Readonly<Record<string, string>> = {
	slider: '.panel input[type="range"]',
	ranking: '.panel ol button',
	points: '.seen .area button',
	body: '.seen .scene button:last-of-type',
	crosshair: '.seen .crosshair input'
};

const widgets = readdirSync('content')
	.filter((folder) => LESSONS.includes(folder.slice(0, 2)))
	.flatMap((folder) => [
		...readFileSync(`content/${folder}/lesson.md`, 'utf8').matchAll(/<Widget name="([\w-]+)"/g)
	])
	.map(([, name]) => name);

/** Gathers in the page, for each move of the held pointer, the time from the hand to the painted frame. */
function watchMoves(): void {
	const times: number[] = [];
	Object.assign(globalThis, { moveTimes: times });
	addEventListener(
		'pointermove',
		({ buttons, timeStamp }) => {
			if (buttons === 0) return;
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => times.push(performance.now() - timeStamp);
				port2.postMessage(undefined);
			});
		},
		{ capture: true }
	);
}

/** Drags a handle to and fro at the pace of a hand, whether or not the page keeps up. */
async function drag(client: CDPSession, handle: Locator, reach: number): Promise<void> {
	await handle.scrollIntoViewIfNeeded();
	const box = (await handle.boundingBox())!;
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: number) =>
		client.send('Input.dispatchMouseEvent', {
			...{ type, x: x + at, y: y + at / 4, button: 'left', clickCount: 1 },
			buttons: type === 'mouseReleased' ? 0 : 1
		});
	await send('mousePressed', 0);
	const moved: Promise<unknown>[] = [];
	for (let i = 1; i <= MOVES; i++) {
		moved.push(send('mouseMoved', reach * Math.sin(i / 12)));
		await new Promise((resolve) => setTimeout(resolve, FRAME));
	}
	await Promise.all(moved);
	await send('mouseReleased', 0);
}

test.each([...new Set(widgets)])(
	'from hand to paint in %s, CPU slowed four times',
	async (name) => {
		const { page } = await site.open(`embed/${name}/`);
		await wakeAll(page);
		const client = await page.context().newCDPSession(page);
		await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		await page.evaluate(watchMoves);
		const line: Record<string, { p50: number; p95: number }> = {};
		for (const [kind, selector] of Object.entries(HANDLES)) {
			const handle = page.locator(selector).first();
			if (!(await handle.count())) continue;
			const width = (await handle.boundingBox())!.width;
			await drag(client, handle, kind === 'points' || kind === 'ranking' ? 80 : width * 0.45);
			const times = await page.evaluate(() =>
				(globalThis as unknown as { moveTimes: number[] }).moveTimes.splice(0)
			);
			expect(times.length, kind).toBeGreaterThan(5);
			line[kind] = { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
		}
		report(`pointer to paint, CPU slowed four times, ${name} (ms)`, line);
		expect(Object.keys(line)).not.toEqual([]);
		await page.context().close();
	}
);
