import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { useSite, wakeAll } from './site';

const site = useSite();
const WAIT = { timeout: 15_000 };

/** A page of somebody else: its type is small, its boxes have borders, its buttons shout. */
const ODD = `<style>
	html { font-size: 62.5%; } * { border: 3px solid red; box-sizing: content-box; }
	button, input, figure { all: unset; text-transform: uppercase; letter-spacing: 9px; }
	:root { --ink: red; --paper: lime; --space-4: 60px; color: red; }
</style>`;

const frame = (search = '', attributes = '') =>
	`<!doctype html><title>Course</title>${ODD}
	<iframe src="${site.root}embed/group-advantages/?${search}" title="Figure" ${attributes}></iframe>
	<script src="${site.root}host.js"></script>
	<script>
		window.heard = [];
		for (const type of ['ready', 'change', 'result', 'answer', 'error'])
			addEventListener('rollout-' + type, ({ detail }) => heard.push({ type, ...detail }));
		window.figure = document.querySelector('iframe').rollout;
	</script>`;

/** What the page has heard of one type. */
const heard = (page: Page, type: string) =>
	page.evaluate(
		(wanted) =>
			(globalThis as never as { heard: { type: string }[] }).heard.filter(
				(message) => message.type === wanted
			) as { state?: Record<string, string> }[],
		type
	);

interface Figure {
	ready: Promise<{ widget: string }>;
	ignored: number;
	getState(): Promise<Record<string, string>>;
	setState(state: Record<string, string>): Promise<Record<string, string>>;
	reset(): Promise<Record<string, string>>;
	setTheme(theme: string): Promise<void>;
}
declare const figure: Figure;

describe('a figure in a frame of another site', () => {
	test('is as high as it needs, tells its state and follows the page', async () => {
		const { page, faults } = await site.host(frame('epsilon=0.01'));
		expect(await page.evaluate(async () => (await figure.ready).widget)).toBe('group-advantages');
		expect(await page.evaluate(() => figure.getState())).toEqual({ v: '1', epsilon: '0.01' });
		const height = () =>
			page.evaluate(() => document.querySelector('iframe')!.getBoundingClientRect().height);
		await expect.poll(height, WAIT).toBeGreaterThan(500);
		const inner = page.frames()[1];
		expect(
			await inner.evaluate(() => document.documentElement.scrollHeight - innerHeight)
		).toBeLessThanOrEqual(0);

		const set = await page.evaluate(() =>
			figure.setState({ epsilon: '0.5', ddof: '7', nothing: '1' })
		);
		expect(set).toMatchObject({ epsilon: '0.5' });
		expect(JSON.stringify(await heard(page, 'error'))).toMatch(/no setting “nothing”/);
		await expect.poll(async () => (await heard(page, 'change')).at(-1)?.state, WAIT).toEqual(set);
		await expect.poll(async () => (await heard(page, 'result')).at(-1)?.state, WAIT).toEqual(set);
		expect(await page.evaluate(() => figure.reset())).toEqual({ v: '1', epsilon: '0.01' });

		await page.evaluate(() => figure.setTheme('dark'));
		expect(await inner.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('can be talked to and takes its height far below the part in view', async () => {
		const { page, faults } = await site.host(
			frame().replace('<iframe', '<div style="height: 9000px"></div><iframe')
		);
		expect(await page.evaluate(() => figure.setState({ epsilon: '0.5' }))).toMatchObject({
			epsilon: '0.5'
		});
		const height = () =>
			page.evaluate(() => document.querySelector('iframe')!.getBoundingClientRect().height);
		await expect.poll(height, WAIT).toBeGreaterThan(500);
		expect(await page.evaluate(() => scrollY)).toBe(0);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('leaves ten thousand messages aside that make no sense, and counts them', async () => {
		const { page, faults } = await site.host(frame());
		await page.evaluate(() => figure.ready);
		const ignored = await page.evaluate(async () => {
			const { contentWindow } = document.querySelector('iframe')!;
			const wrong = [
				null,
				7,
				'reset',
				[],
				{ rollout: 1 },
				{ rollout: 9, type: 'reset', id: 1 },
				{ rollout: 1, type: '__proto__', id: 1 },
				{ rollout: 1, type: 'set-state', id: 1, state: [1] },
				{ rollout: 1, type: 'set-state', id: 'x', state: {} },
				{ type: 'webpackOk' }
			];
			for (let i = 0; i < 10_000; i++) contentWindow!.postMessage(wrong[i % wrong.length], '*');
			const count = new Promise<number>((resolve) =>
				addEventListener('message', ({ data }) => {
					if (data.type === 'reply' && data.id === 77) resolve(data.ignored);
				})
			);
			contentWindow!.postMessage({ rollout: 1, type: 'get-state', id: 77 }, '*');
			return count;
		});
		expect(ignored).toBe(10_000);
		expect(await page.evaluate(() => figure.getState())).toEqual({ v: '1' });
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('talks only to the page that its address names', async () => {
		const { page } = await site.host(frame(`host=${encodeURIComponent('https://course.example')}`));
		await wakeAll(page.frames()[1] as never);
		const answered = page.evaluate(() =>
			Promise.race([
				figure.ready.then(() => true),
				new Promise((resolve) => setTimeout(() => resolve(false), 1000))
			])
		);
		expect(await answered).toBe(false);
		await page.context().close();
	});

	test('works in a sandbox that gives it no origin', async () => {
		const { page, faults } = await site.host(frame('', 'sandbox="allow-scripts"'));
		expect(await page.evaluate(() => figure.setState({ epsilon: '0.25' }))).toEqual({
			v: '1',
			epsilon: '0.25'
		});
		expect(faults.filter((fault) => fault.startsWith('error'))).toEqual([]);
		await page.context().close();
	});

	test('works in a page that is in a sandbox itself', async () => {
		const { page, faults } = await site.host(frame(), {
			'content-security-policy': 'sandbox allow-scripts'
		});
		expect(await page.evaluate(() => figure.setState({ epsilon: '0.25' }))).toEqual({
			v: '1',
			epsilon: '0.25'
		});
		expect(faults.filter((fault) => fault.startsWith('error'))).toEqual([]);
		await page.context().close();
	});

	test('hides, locks and asks as its address says', async () => {
		const own =
			'ask=What%20do%20you%20see%3F&choice=Nothing&choice=A%20lot&correct=2&because=Look%20again.';
		const { page, faults } = await site.open(
			`embed/group-advantages/?theme=dark&hide=title,tools,seed&lock=epsilon,presets&note=Look%20%3Cb%3Eclosely%3C%2Fb%3E.&${own}`
		);
		await wakeAll(page);
		expect(await page.getByRole('button', { name: 'CSV' }).count()).toBe(0);
		expect(await page.locator('.presets button').first().isDisabled()).toBe(true);
		expect(await page.locator('[data-param$=".epsilon"] input').first().isDisabled()).toBe(true);
		expect(await page.getByText('Look <b>closely</b>.').isVisible()).toBe(true);
		await page.getByLabel('A lot').check();
		await page.getByRole('button', { name: 'Answer', exact: true }).click();
		expect(await page.getByText('Yes.').isVisible()).toBe(true);
		expect(await page.getByText('Look again.').isVisible()).toBe(true);
		expect(new URL(page.url()).searchParams.getAll('choice')).toEqual(['Nothing', 'A lot']);
		expect(faults).toEqual([]);
		await page.context().close();
	});

	test('is seen through where the address asks for it, and writes numbers as a language does', async () => {
		const tooLong = `&choice=${'a'.repeat(601)}`;
		const { page, faults } = await site.open(
			`embed/group-advantages/?background=transparent&compact=true&language=de&epsilon=0.01&ask=Why${tooLong}${tooLong}`
		);
		await wakeAll(page);
		const ground = await page.evaluate(() =>
			[document.documentElement, document.body, document.querySelector('figure')!].map(
				(element) => getComputedStyle(element).backgroundColor
			)
		);
		expect(new Set(ground)).toEqual(new Set(['rgba(0, 0, 0, 0)']));
		await expect.poll(() => page.locator('p.says').innerText(), WAIT).toMatch(/\d,\d/);

		await page.getByText('More settings').click();
		const box = page.getByLabel('Added to the deviation, exact value');
		const slider = page.locator('[data-param$=".epsilon"] [type="range"]');
		expect(await box.inputValue()).toBe('0,01');
		for (const [typed, taken] of [
			['0,5', '0,5'],
			['0.25', '0,25'],
			['7', '0,25']
		]) {
			await box.fill(typed);
			await box.press('Enter');
			expect(await box.inputValue()).toBe(taken);
			await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(taken);
		}
		expect(await page.getByText('Kept at 0,25.').count()).toBe(1);
		expect(await page.getByText('“choice” must be').count()).toBe(1);
		expect(faults).toEqual([]);
		await page.context().close();
	});
});
