import type { AddressInfo } from 'node:net';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../../tools/serve.js';
import { useSite } from './site';

const site = useSite();
const WAIT = { timeout: 15_000 };

/** What an element of ours offers a page. */
interface Element extends HTMLElement {
	values: Record<string, unknown>;
	state: Record<string, string>;
	reset(): void;
}

/** A module of the page's own, bundled with what it imports from npm. */
async function bundle(code: string): Promise<string> {
	const entry = 'virtual:entry';
	const built = await rolldown({
		input: entry,
		transform: {
			define: {
				'process.env.NODE_ENV': '"production"',
				__VUE_OPTIONS_API__: 'true',
				__VUE_PROD_DEVTOOLS__: 'false',
				__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false'
			}
		},
		resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
		plugins: [
			{
				name: 'entry',
				resolveId: (id) => (id === entry ? id : undefined),
				load: (id) => (id === entry ? code : undefined)
			}
		]
	});
	const { output } = await built.generate({ format: 'iife', minify: true });
	return output[0].code.replaceAll('</script', '<\\/script');
}

const page = (body: string) =>
	`<!doctype html><html><head><title>Course</title>
	<script type="module" src="${site.root}element.js"></script></head><body>${body}</body></html>`;

const ready = 'rollout-widget[data-ready]';
/** Marks each element that has said that it is live. */
const MARK = `<script>addEventListener('rollout-ready', ({ target }) => target.dataset.ready = '');</script>`;

describe('the element <rollout-widget>', () => {
	test('stands twice in a page with odd styles, and neither gives nor takes any', async () => {
		const { page: opened, faults } = await site.host(
			page(`<style>
				html { font-size: 40%; } * { color: red !important; border: 5px solid; letter-spacing: 1em; }
				:root, rollout-widget { --ink: red; --space-4: 90px; } figure { display: none; }
			</style>${MARK}
			<button>Ours</button>
			<rollout-widget name="group-advantages" epsilon="0.5" hide="tools"></rollout-widget>
			<rollout-widget name="group-advantages" theme="dark" lock="epsilon"></rollout-widget>`)
		);
		await expect.poll(() => opened.locator(ready).count(), WAIT).toBe(2);
		const [first, second] = await opened.locator('rollout-widget').all();
		expect(await first.evaluate((one: Element) => one.values.epsilon)).toBe(0.5);
		expect(await second.evaluate((one: Element) => one.values.epsilon)).toBe(0.0001);
		expect(await first.getByRole('button', { name: 'CSV' }).count()).toBe(0);
		expect(await second.locator('[data-param$=".epsilon"] input').first().isDisabled()).toBe(true);
		const looks = await first.locator('figcaption').evaluate((caption) => {
			const { color, fontSize, letterSpacing, borderTopWidth } = getComputedStyle(caption);
			return { color, fontSize, letterSpacing, borderTopWidth };
		});
		expect(looks.color).not.toBe('rgb(255, 0, 0)');
		expect(looks).toMatchObject({
			fontSize: '17px',
			letterSpacing: 'normal',
			borderTopWidth: '0px'
		});
		const outside = await opened.locator('body > button').evaluate((button) => {
			const { letterSpacing, fontFamily } = getComputedStyle(button);
			return [letterSpacing !== 'normal', fontFamily.includes('system-ui')];
		});
		expect(outside).toEqual([true, false]);
		expect(await opened.evaluate(() => document.head.querySelectorAll('style').length)).toBe(0);
		expect(faults).toEqual([]);
		await opened.context().close();
	});

	test('stands under a strict policy, and its runs find a worker or go without', async () => {
		const { page: opened, faults } = await site.host(
			page('<rollout-widget name="grpo-training"></rollout-widget>'),
			{
				'content-security-policy': `default-src 'none'; script-src ${site.origin}; style-src 'self'; require-trusted-types-for 'script'`
			}
		);
		const element = opened.locator('rollout-widget');
		await element.locator('fieldset.controls:not([disabled])').waitFor({ state: 'attached' });
		await expect.poll(() => element.locator('.seen svg').count(), WAIT).toBeGreaterThan(0);
		await expect.poll(() => element.locator('.seen[aria-busy="true"]').count(), WAIT).toBe(0);
		expect(await element.locator('p.says').innerText()).toMatch(/\d/);
		expect(faults.filter((fault) => !/worker|TrustedScriptURL/i.test(fault))).toEqual([]);
		// The policy allows no picture that is made here.
		await element.getByRole('button', { name: 'PNG' }).click();
		await element.getByText('This page may not make a PNG.').waitFor();
		await opened.context().close();
	});

	test('follows its attributes and properties, and says what changed', async () => {
		const { page: opened, faults } = await site.host(
			page(`${MARK}<rollout-widget name="group-advantages"></rollout-widget>`)
		);
		const element = opened.locator(ready);
		await element.waitFor();
		const changed = (change: string) =>
			element.evaluate(
				(one: Element, code) =>
					new Promise<{ state: unknown }>((resolve) => {
						one.addEventListener(
							'rollout-result',
							(event) => resolve((event as CustomEvent).detail),
							{ once: true }
						);
						new Function('one', code)(one);
					}),
				change
			);
		expect(await changed('one.setAttribute("epsilon", "0.25")')).toMatchObject({
			state: { epsilon: '0.25' }
		});
		expect(await changed('one.values = { epsilon: 0.5 }')).toMatchObject({
			state: { epsilon: '0.5' }
		});
		expect(await changed('one.state = { rewards: "1,0,0" }')).toMatchObject({
			state: { v: '1', rewards: '1,0,0' }
		});
		await element.evaluate((one) => one.setAttribute('name', 'no-such-figure'));
		await expect
			.poll(() => element.locator('.rollout').innerText(), WAIT)
			.toBe('There is no figure “no-such-figure”.');
		await element.evaluate((one) => one.remove());
		expect(faults).toEqual([]);
		await opened.context().close();
	});

	test('takes up what the page sets before it is live', async () => {
		const { page: opened, faults } = await site.host(
			`<!doctype html><title>Course</title>${MARK}
			<rollout-widget name="group-advantages" lock="epsilon">A figure is on its way.</rollout-widget>
			<script>
				const one = document.querySelector('rollout-widget');
				one.values = { epsilon: 0.5, nothing: 1, ddof: 'x' };
				one.addEventListener('rollout-error', ({ detail }) => one.dataset.error = detail.reason);
				one.dataset.text = one.innerText;
			</script>
			<script type="module" src="${site.root}element.js"></script>`
		);
		const element = opened.locator(ready);
		await element.waitFor();
		expect(await element.evaluate((one: Element) => one.values.epsilon)).toBe(0.5);
		expect(await element.getAttribute('data-text')).toBe('A figure is on its way.');
		expect(await element.getAttribute('data-error')).toMatch(
			/no parameter “nothing”.*“ddof” must be/
		);
		expect(
			await element.evaluate((one: Element) => {
				one.values = undefined as never;
				one.state = { epsilon: 0.25, ddof: null } as never;
				return one.state.epsilon;
			})
		).toBe('0.25');
		expect(faults).toEqual([]);
		await opened.context().close();
	});

	test('is where the reader left it after a move in the page and a new option', async () => {
		const { page: opened, faults } = await site.host(
			page(`${MARK}<div id="there"></div><rollout-widget name="group-advantages"></rollout-widget>`)
		);
		const element = opened.locator(ready);
		await element.waitFor();
		const afterwards = (change: string) =>
			element.evaluate(async (one: Element, code) => {
				const again = new Promise((resolve) =>
					one.addEventListener('rollout-ready', resolve, { once: true })
				);
				new Function('one', code)(one);
				await again;
				return one.state;
			}, change);
		await element.evaluate((one: Element) => (one.values = { epsilon: 0.5 }));
		expect(await afterwards('there.append(one)')).toEqual({ v: '1', epsilon: '0.5' });
		expect(await afterwards('one.setAttribute("hide", "seed")')).toEqual({
			v: '1',
			epsilon: '0.5'
		});
		await element.evaluate((one) => one.setAttribute('seed', '7'));
		await expect
			.poll(() => element.evaluate((one: Element) => one.state))
			.toEqual({ v: '1', seed: '7', epsilon: '0.5' });
		expect(await afterwards('one.setAttribute("name", "cache-budget")')).toEqual({
			v: '1',
			seed: '7'
		});
		expect(faults).toEqual([]);
		await opened.context().close();
	});

	test('says so where it cannot be loaded', async () => {
		const { page: opened } = await site.host(page(MARK));
		await opened.evaluate(() => customElements.whenDefined('rollout-widget'));
		await opened.route('**/_app/**', (route) => route.abort());
		await opened.evaluate(() => {
			document.body.innerHTML = '<rollout-widget name="group-advantages"></rollout-widget>';
		});
		await expect
			.poll(() => opened.locator('rollout-widget .rollout').innerText(), WAIT)
			.toMatch(/could not be loaded. Check the connection/);
		await opened.context().close();
	});

	test('stands beside another version in one page, each with its own code', async () => {
		const other = serveFolder('build', '/old').listen(0, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		const old = `http://127.0.0.1:${(other.address() as AddressInfo).port}/old/`;
		const { page: opened, faults } = await site.host(
			page(`${MARK}<script type="module" src="${old}element.js?as=rollout-old"></script>
			<rollout-widget name="group-advantages" epsilon="0.5"></rollout-widget>
			<rollout-old name="group-advantages" epsilon="0.25"></rollout-old>`)
		);
		const states = () =>
			opened.evaluate(() =>
				['rollout-widget', 'rollout-old'].map(
					(name) => document.querySelector<Element>(`${name}[data-ready]`)?.values.epsilon
				)
			);
		await expect.poll(states, WAIT).toEqual([0.5, 0.25]);
		const loaded = await opened.evaluate(() =>
			performance.getEntriesByType('resource').map(({ name }) => name)
		);
		const chunks = (root: string) =>
			loaded.filter((name) => name.startsWith(`${root}_app/`)).length;
		expect(chunks(site.root)).toBeGreaterThan(5);
		expect(chunks(old)).toBe(chunks(site.root));
		const warned = opened.waitForEvent('console', (message) => message.type() === 'warning');
		await opened.addScriptTag({ type: 'module', url: `${old}element.js` });
		expect((await warned).text()).toContain(`load ${old}element.js?as=rollout-widget-2`);
		expect(faults.filter((fault) => !fault.startsWith(`request to ${old}`))).toEqual([]);
		await opened.context().close();
		other.closeAllConnections();
		other.close();
	});

	describe('inside a framework', () => {
		let react: string;
		let vue: string;
		beforeAll(async () => {
			react = await bundle(`
				import { createElement as h, useState } from 'react';
				import { createRoot } from 'react-dom/client';
				function App() {
					const [epsilon, set] = useState(0.5);
					const [heard, hear] = useState('');
					return h('div', null,
						h('button', { onClick: () => set(0.25) }, 'Set'),
						h('rollout-widget', { name: 'group-advantages', epsilon, compact: true,
							'onrollout-change': ({ detail }) => hear(detail.state.epsilon) }),
						h('output', null, heard));
				}
				createRoot(document.getElementById('app')).render(h(App));`);
			vue = await bundle(`
				import { createApp } from 'vue';
				createApp({
					data: () => ({ epsilon: 0.5, heard: '' }),
					template: \`<button @click="epsilon = 0.25">Set</button>
						<rollout-widget name="group-advantages" :epsilon="epsilon" compact
							@rollout-change="heard = $event.detail.state.epsilon"></rollout-widget>
						<output>{{ heard }}</output>\`,
					compilerOptions: { isCustomElement: (tag) => tag === 'rollout-widget' }
				}).mount('#app');`);
		});

		test.each(['React', 'Vue'])('%s sets it and hears it', async (name) => {
			const script = name === 'React' ? react : vue;
			const { page: opened, faults } = await site.host(
				page(`<div id="app"></div><script>${script}</script>`)
			);
			const element = opened.locator('rollout-widget');
			await element.locator('p.says').waitFor();
			expect(await element.evaluate((one: Element) => one.values.epsilon)).toBe(0.5);
			await opened.locator('#app button').first().click();
			await expect.poll(() => opened.locator('output').innerText(), WAIT).toBe('0.25');
			expect(faults).toEqual([]);
			await opened.context().close();
		});
	});
});
