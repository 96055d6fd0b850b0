// @vitest-environment node
import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Button from '../../src/ui/Button.svelte';
import DataTable from '../../src/ui/DataTable.svelte';
import Notice from '../../src/ui/Notice.svelte';
import Progress from '../../src/ui/Progress.svelte';
import Tabs from '../../src/ui/Tabs.svelte';

const children = createRawSnippet(() => ({ render: () => '<b>words</b>' }));
const plain = (body: string) => body.replace(/<!--.*?-->/g, '').replace(/ class="[^"]*"/g, '');

describe('a button', () => {
	it('says its state, and no state where it has none', () => {
		const props = { icon: 'table', pressed: true, expanded: false, children } as const;
		expect(plain(render(Button, { props }).body)).toMatch(
			/<button type="button" aria-pressed="true" aria-expanded="false">.*aria-hidden="true".*words/
		);
		const bare = plain(render(Button, { props: { children } }).body);
		expect(bare).not.toMatch(/aria-|svg/);
	});
});

describe('a table', () => {
	const { body } = render(DataTable, {
		props: {
			caption: 'Data <i>',
			columns: [{ label: 'answer' }, { label: 'length', unit: 'cm', digits: 1 }, { label: 'word' }],
			rows: [
				[1, 2.34, '<i>'],
				[2, -0.26, 'b']
			]
		}
	});

	it('names its region, its columns and their units', () => {
		const html = plain(body);
		expect(html).toContain('role="region" aria-label="Data &lt;i>" tabindex="0"');
		expect(html.match(/<th scope="col">[^<]*/g)).toEqual([
			'<th scope="col">answer',
			'<th scope="col">length (cm)',
			'<th scope="col">word'
		]);
	});

	it('writes numbers to the digits of their column, at the right, and words as words', () => {
		expect(
			body.match(/<td[^>]*\bnumber\b[^>]*>\s*[^<]*/g)?.map((td) => td.replace(/.*>\s*/s, ''))
		).toEqual(['1', '2.3', '2', '−0.3']);
		expect(body).not.toContain('<i>');
	});

	it('stands without rows', () => {
		const empty = { caption: 'None', columns: [{ label: 'answer' }], rows: [] };
		expect(render(DataTable, { props: empty }).body).toContain('answer');
	});
});

describe('a notice', () => {
	it('is a status that can be put away where it may be', () => {
		const kept = render(Notice, { props: { children } }).body;
		expect(kept).toContain('role="status"');
		expect(kept).not.toContain('Dismiss');
		expect(render(Notice, { props: { children, ondismiss: () => {} } }).body).toContain('Dismiss');
	});
});

describe('progress', () => {
	it('says what is done and the time left', () => {
		const props = { label: 'Training', value: 0.25, remaining: 12 };
		const html = plain(render(Progress, { props }).body);
		expect(html).toContain('<progress value="0.25" max="1" aria-label="Training">');
		expect(html).toContain('Training, about 12 s left');
		expect(html).not.toContain('<button');
	});

	it('promises no time that it cannot tell', () => {
		const props = { label: 'Training', remaining: Infinity, oncancel: () => {} };
		const html = plain(render(Progress, { props }).body);
		expect(html).not.toContain('left');
		expect(html).not.toMatch(/<progress[^>]*value/);
		expect(html).toContain('Stop');
	});
});

describe('tabs', () => {
	it('are a named list with one in the order of the keyboard', () => {
		const { body } = render(Tabs, {
			props: {
				label: 'The controls set',
				tabs: [
					{ id: 'a', label: 'A' },
					{ id: 'b', label: 'B' }
				],
				selected: 'b',
				onselect: () => {}
			}
		});
		const html = plain(body);
		const named = /role="tablist" aria-labelledby="([^"]*)"/.exec(html)?.[1];
		expect(html).toContain(`<span id="${named}">The controls set`);
		expect(html.match(/role="tab" aria-selected="[^"]*" tabindex="[^"]*"/g)).toEqual([
			'role="tab" aria-selected="false" tabindex="-1"',
			'role="tab" aria-selected="true" tabindex="0"'
		]);
	});
});
