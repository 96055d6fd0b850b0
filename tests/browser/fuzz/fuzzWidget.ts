import type { Page } from 'playwright';
import { createStream, type Stream } from '../../../src/kernels/core/stream';
import { wakeAll, type Site } from '../site';
import { act, TEXTS } from './act';
import { watchMemory, type Memory } from './memory';

export interface Fuzzed {
	events: number;
	/** How often the figure said something new. */
	results: number;
	/** Addresses opened. */
	addresses: number;
	/** The longest that one event took, in milliseconds. */
	longest: number;
	/** What the page holds at rest: once it is warm, and after each third of the time from there. */
	memory: Memory[];
	errors: string[];
}

/** Actions told with an error, so that it can be found again. */
const TOLD = 12;
/** Share of the time that goes to one page, which must not grow; the rest opens random addresses. */
const ON_ONE_PAGE = 0.75;
/** Actions before memory is measured: what comes on demand (panels, undo, code) is then there. */
const WARM_UP = 0.25;

const one = <T>(stream: Stream, items: readonly T[]): T => items[stream.int(items.length)];

/** What is wrong with the figure as it stands. */
function faultsIn(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const broken = [...document.querySelectorAll('.broken, .failure')].map(
			(node) => node.textContent!
		);
		const words = document.querySelector('.says')?.textContent ?? '';
		if (/NaN|undefined|Infinity|\[object/.test(words)) broken.push(`it says: ${words}`);
		const marks = document
			.querySelector('.seen')
			?.innerHTML.match(/<[^>]*="[^"]*(NaN|undefined|Infinity)[^>]*>/);
		if (marks) broken.push(`it draws: ${marks[0]}`);
		if (document.querySelector('figure :is(img, script, iframe)')) broken.push('markup came in');
		if ('hit' in globalThis) broken.push('a script came in');
		return broken;
	});
}

/** Brings the figure to the state that memory is measured in: the start, no panel open, nothing running. */
async function toRest(page: Page): Promise<void> {
	// Looked at and clicked in one go: a run may end between the two.
	const click = (name: string) =>
		page.evaluate((name) => {
			const named = [...document.querySelectorAll<HTMLButtonElement>('figure button')];
			named.find((button) => button.textContent!.trim() === name && !button.disabled)?.click();
		}, name);
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.keyboard.press('Escape');
	const isOpen = (name: string) =>
		page.getByRole('button', { name, exact: true }).getAttribute('aria-expanded');
	// The code is fetched once and kept: it is to be there at the first measurement, too.
	if ((await isOpen('Code')) !== 'true') await click('Code');
	await page.locator('[data-source]').first().waitFor({ state: 'attached' });
	for (const name of ['Table', 'Embed', 'Code']) {
		if ((await isOpen(name)) === 'true') await click(name);
	}
	await click('Reset');
	// A long run is stopped after its first step: what it keeps to look back at depends on the time it had.
	await click('Stop');
	await click('Step');
	await page.waitForFunction(() => document.querySelector('.seen .stage'));
	await click('Stop');
	await page.waitForFunction(() => !document.querySelector('.seen[aria-busy="true"]'));
	await page.mouse.move(0, 0);
}

/** An address of the figure with something wrong in it. */
function spoil(stream: Stream, address: URL): URL {
	const url = new URL(address);
	const names = [
		...url.searchParams.keys(),
		'v',
		'seed',
		'preset',
		'compare',
		'band',
		'b.seed',
		'__proto__'
	];
	for (let i = stream.int(4); i > 0; i--) {
		const name = one(stream, names);
		const text = url.searchParams.get(name) ?? '';
		const at = stream.int(text.length + 1);
		url.searchParams.set(
			name,
			one(stream, [
				one(stream, TEXTS),
				text.slice(0, at) + String.fromCodePoint(33 + stream.int(93)) + text.slice(at + 1),
				`${text},${text}`,
				String(stream.int(1000)),
				'true'
			])
		);
	}
	return url;
}

/** Does random things to a widget's own page for so many seconds. */
export async function fuzzWidget(
	site: Site,
	path: string,
	seconds: number,
	seed: number
): Promise<Fuzzed> {
	const stream = createStream(seed).split(path);
	const fuzzed: Fuzzed = {
		...{ events: 0, results: 0, addresses: 0, longest: 0, memory: [], errors: [] }
	};
	let started = performance.now();
	const spent = () => (performance.now() - started) / 1000 / seconds;

	async function fuzzUntil(page: Page, faults: string[], done: () => boolean, seen?: Set<string>) {
		const trail: string[] = [`at ${page.url()}`];
		while (!done() && fuzzed.errors.length < 5) {
			const began = performance.now();
			trail.push(await act(page, stream));
			const found = await faultsIn(page);
			fuzzed.longest = Math.max(fuzzed.longest, performance.now() - began);
			fuzzed.events++;
			seen?.add(page.url());
			const errors = [...faults.splice(0), ...found];
			if (errors.length > 0) {
				fuzzed.errors.push(
					`${errors.join('; ')}\n\t\tafter ${trail.slice(-TOLD).join(' | ')}\n\t\tat ${page.url()}`
				);
				await page.reload();
				await wakeAll(page);
			}
		}
	}

	const seen = new Set<string>();
	const first = await site.open(path, { viewport: { width: 1280, height: 800 } });
	await holdLinks(first.page);
	await wakeAll(first.page);
	const measure = await watchMemory(first.page);
	await countResults(first.page);
	started = performance.now();
	for (const part of [0, 1 / 3, 2 / 3, 1].map((share) => WARM_UP + (1 - WARM_UP) * share)) {
		await fuzzUntil(first.page, first.faults, () => spent() > part * ON_ONE_PAGE, seen);
		await toRest(first.page);
		fuzzed.memory.push(await measure());
	}
	fuzzed.results = await first.page.evaluate(() =>
		Number(document.documentElement.dataset.results)
	);
	await first.page.context().close();

	const addresses = [...seen].map((address) => new URL(address));
	while (spent() < 1) {
		const address = spoil(stream, one(stream, addresses));
		const refused = stream.int(3) === 0;
		const { page, faults } = await site.open(
			path + address.search,
			undefined,
			refused ? refuseStorage : undefined
		);
		await page.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		await holdLinks(page);
		const upTo = fuzzed.events + 4;
		await fuzzUntil(page, faults, () => fuzzed.events >= upTo);
		await page.context().close();
		fuzzed.addresses++;
	}
	return fuzzed;
}

/** A link of the figure is pressed as all else is, but the page stays. */
async function holdLinks(page: Page): Promise<void> {
	const hold = () =>
		addEventListener(
			'click',
			(event) => {
				if (event.target instanceof Element && event.target.closest('a[href]')) {
					event.preventDefault();
				}
			},
			{ capture: true }
		);
	await page.addInitScript(hold);
	await page.evaluate(hold);
}

function refuseStorage(): void {
	Object.defineProperty(globalThis, 'localStorage', {
		get: () => {
			throw new DOMException('refused', 'SecurityError');
		}
	});
}

/** Counts in the page how often the words under the drawing change. */
function countResults(page: Page): Promise<void> {
	return page.evaluate(() => {
		const { dataset } = document.documentElement;
		dataset.results = '0';
		new MutationObserver(() => (dataset.results = String(Number(dataset.results) + 1))).observe(
			document.querySelector('.says')!,
			{ characterData: true, childList: true, subtree: true }
		);
	});
}
