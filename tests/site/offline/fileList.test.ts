import { expect, test } from 'vitest';
import { addressOf, hashOf, needsOf, pathOf } from '../../../src/site/offline/fileList';
import { size } from '../../../src/site/offline/words';
import { hashOf as toolHash } from '../../../tools/hash.js';

const root = new URL('https://school.example/rl/');

test.each([
	['https://school.example/rl/', 'index.html'],
	['https://school.example/rl/lessons/mrt/?x=1#top', 'lessons/mrt/index.html'],
	['https://school.example/rl/early.js?v=abc', 'early.js'],
	['https://school.example/rl/a%20b.js', 'a b.js'],
	['https://school.example/rl/%E0', undefined],
	['https://school.example/other/', undefined],
	['https://else.example/rl/', undefined]
])('the file of %s is %s', (address, path) => {
	expect(pathOf(new URL(address), root)).toBe(path);
});

test('a page is asked for by its folder', () => {
	expect(addressOf('lessons/mrt/index.html', root).href).toBe(`${root.href}lessons/mrt/`);
	expect(addressOf('index.html', root).href).toBe(root.href);
	expect(addressOf('_app/index.html.js', root).href).toBe(`${root.href}_app/index.html.js`);
});

test('the browser and the build make the same hash', async () => {
	const bytes = new TextEncoder().encode('π_θ(a|s) ÷ π_ref');
	expect(await hashOf(bytes.buffer as ArrayBuffer)).toBe(toolHash('π_θ(a|s) ÷ π_ref'));
});

test('what a page needs is itself, its own and the shell, once each', () => {
	const files = { 'a.html': [1, 'x'], 'b.js': [1, 'y'], 'c.js': [1, 'z'] } as const;
	const list = { files, shell: [1], needs: { 'a.html': [0, 2, 1] } };
	expect(needsOf(list, 'a.html')).toEqual(['a.html', 'c.js', 'b.js']);
	expect(needsOf(list, '__proto__')).toEqual(['b.js']);
});

test.each([
	[0, '0 kB'],
	[640_200, '640 kB'],
	[999_600, '1.0 MB'],
	[16_100_006, '16.1 MB']
])('%i bytes are %s', (bytes, words) => {
	expect(size(bytes)).toBe(words);
});
