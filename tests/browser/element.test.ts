import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, test } from 'vitest';
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
