import { expect, test } from 'vitest';
import { diskPage } from '../../src/package/diskPage.js';

test.each([
	['../../', '../../index.html'],
	['../../#map', '../../index.html#map'],
	['../grpo/?a.beta=1&amp;b=2#a', '../grpo/index.html?a.beta=1&amp;b=2#a'],
	['#sources', '#sources'],
	['?seed=3', '?seed=3'],
	['https://arxiv.org/abs/', 'https://arxiv.org/abs/'],
	['mailto:a@b.org/', 'mailto:a@b.org/'],
	['../notes.html', '../notes.html']
])('a link to %s leads to %s', (href, expected) => {
	expect(diskPage(`<a href="${href}">x</a>`)).toBe(`<a href="${expected}">x</a>`);
});

test('figures find their own pages', () => {
	const island = '<div class="island" data-embed="../embed/a/" data-code="../code/a/">';
	expect(diskPage(island)).toBe(
		'<div class="island" data-embed="../embed/a/index.html" data-code="../code/a/index.html">'
	);
});

test('the script is chosen where the page is opened', () => {
	expect(diskPage('<script type="module" src="../_app/islands.js?v=7"></script>')).toBe(
		'<script defer src="../_app/classic/start.js" data-module="../_app/islands.js?v=7"></script>'
	);
});
