import { expect, test } from 'vitest';
import { elementCode, figureLink } from '$make/takeAway';

const SITE = 'https://school.example/rl/';
const entries = [
	['v', '1'],
	['note', 'Is "a" < b?\n& why'],
	['choice', 'P(a|b)'],
	['choice', 'No']
] as const;

test('a link keeps every entry', () => {
	const url = new URL(figureLink(SITE, 'coin', entries));
	expect(url.pathname).toBe('/rl/embed/coin/');
	expect([...url.searchParams]).toEqual(entries);
});

test('a link from a disk names the file', () => {
	expect(figureLink('file:///home/site/', 'coin', [])).toBe(
		'file:///home/site/embed/coin/index.html'
	);
});

test('the element has the entries as attributes, with the choices in one', () => {
	expect(elementCode(SITE, 'coin', entries)).toBe(
		'<script type="module" src="https://school.example/rl/element.js"></script>\n' +
			'<rollout-widget name="coin" v="1" note="Is &quot;a&quot; &lt; b?\n&amp; why" choice="P(a\\|b)|No"></rollout-widget>'
	);
});
