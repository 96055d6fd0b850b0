import { afterEach, expect, test, vi } from 'vitest';
import { isOff, register, setOff } from '../../../src/site/offline/worker';

const root = new URL('https://school.example/rl/');

/** A browser in which a copy can be kept, but for what is given. */
function browser(without: Record<string, unknown> = {}) {
	const window = { location: { protocol: 'https:' }, isSecureContext: true, ...without };
	for (const [name, value] of Object.entries(window)) vi.stubGlobal(name, value);
	for (const name of ['self', 'parent']) if (!(name in without)) vi.stubGlobal(name, globalThis);
}
afterEach(() => vi.unstubAllGlobals());

test.each([
	['disk', { location: { protocol: 'file:' } }],
	['disk', { location: { protocol: 'blob:' } }],
	['frame', { parent: {} }],
	['insecure', { isSecureContext: false }],
	['off', { localStorage: { getItem: () => 'off' } }]
])('there is no copy: %s', async (reason, without) => {
	browser(without);
	expect(await register(root)).toBe(reason);
});

test('storage that is refused is no wish for no copy, and not fatal', () => {
	const refuse = () => {
		throw new DOMException('refused', 'SecurityError');
	};
	browser({ localStorage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
	setOff(true);
	expect(isOff()).toBe(false);
});
