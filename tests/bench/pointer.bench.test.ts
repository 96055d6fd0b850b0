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

type Move = readonly [stamp: number, handled: number];

/** Gathers in the page, for each move of the held pointer, when it was made and when the page took it up. */
function watchMoves(): void {
	const moves: Move[] = [];
	Object.assign(globalThis, { moves });
	performance.mark('watching');
	addEventListener(
		'pointermove',
		({ buttons, timeStamp }) => {
			if (buttons > 0) moves.push([timeStamp, performance.now()]);
		},
		{ capture: true }
	);
}

interface TraceEvent {
	name: string;
	pid: number;
	tid: number;
	ts: number;
	dur?: number;
}

/** What Chromium notes of its own work while something is done, by its own clock, µs. */
async function traced(browser: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
	const events: TraceEvent[] = [];
	const gather = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
	browser.on('Tracing.dataCollected', gather);
	await browser.send('Tracing.start', {
		transferMode: 'ReportEvents',
		traceConfig: {
			includedCategories: [
				'devtools.timeline',
				'disabled-by-default-devtools.timeline',
				'blink.user_timing'
			]
		}
	});
	await act();
	const complete = new Promise((resolve) => browser.once('Tracing.tracingComplete', resolve));
	await browser.send('Tracing.end');
	await complete;
	browser.off('Tracing.dataCollected', gather);
	return events;
}

/**
 * From each move to the end of the main thread's work on the frame that shows it, ms. A task or a
 * message from the page itself would come too late: moves go before them.
 */
function timesToPaint(
	events: readonly TraceEvent[],
	start: number,
	moves: readonly Move[]
): number[] {
	const mark = events.find(({ name }) => name === 'watching')!;
	const main = events.find(({ name, pid }) => name === 'EventDispatch' && pid === mark.pid)!;
	const offset = mark.ts / 1000 - start;
	const frames = events
		.filter(({ name, pid, tid }) => name === 'Commit' && pid === main.pid && tid === main.tid)
		.map(({ ts, dur = 0 }) => (ts + dur) / 1000 - offset)
		.sort((a, b) => a - b);
	return moves.flatMap(([stamp, handled]) => {
		const shown = frames.find((end) => end > handled);
		return shown === undefined ? [] : [shown - stamp];
	});
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
		const browser = await page.context().browser()!.newBrowserCDPSession();
		const line: Record<string, { p50: number; p95: number }> = {};
		for (const [kind, selector] of Object.entries(HANDLES)) {
			const handle = page.locator(selector).first();
			if (!(await handle.count())) continue;
			const width = (await handle.boundingBox())!.width;
			const reach = kind === 'points' || kind === 'ranking' ? 80 : width * 0.45;
			const events = await traced(browser, async () => {
				await page.evaluate(watchMoves);
				await drag(client, handle, reach);
			});
			const [start, moves] = await page.evaluate(() => [
				performance.getEntriesByName('watching').at(-1)!.startTime,
				(globalThis as unknown as { moves: Move[] }).moves
			]);
			const times = timesToPaint(events, start as number, moves as Move[]);
			expect(times.length, kind).toBeGreaterThan(5);
			line[kind] = { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
		}
		report(`pointer to paint, CPU slowed four times, ${name} (ms)`, line);
		expect(Object.keys(line)).not.toEqual([]);
		await page.context().close();
	}
);
