import { expect, test } from 'vitest';
import { embedCode, variantForm } from '$player/embedCode';

test('the code names the figure’s address and the script of its own site', () => {
	const code = embedCode('https://school.example/rl/embed/coin/?v=1&p=0.25', 'Why is p < "1"?');
	expect(code).toContain('src="https://school.example/rl/embed/coin/?v=1&amp;p=0.25"');
	expect(code).toContain('title="Why is p &lt; &quot;1&quot;?"');
	expect(code).toContain('<script src="https://school.example/rl/host.js" async></script>');
});

test.each([
	[
		'https://school.example/embed/rl/embed/coin/?v=1&p=0',
		'https://school.example/embed/rl/make/?figure=coin&v=1&p=0'
	],
	['file:///rl/embed/coin/index.html?v=1', 'file:///rl/make/index.html?figure=coin&v=1']
])('variants of the figure at %s are made at %s', (address, form) => {
	expect(variantForm(address)).toBe(form);
});
