import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addAttributes,
	attribute,
	changeTags,
	plainWords,
	scriptText,
	setAttribute
} from '../../src/package/markup.js';

test('code in a script element does not end it, and stays the same code', () => {
	const parts = fc.constantFrom(
		'</script>',
		'</SCRIPT ',
		'<!--',
		'<script>',
		'-->',
		'<',
		'a',
		'$&'
	);
	fc.assert(
		fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
			const value = pieces.join('');
			const code = scriptText(`return ${JSON.stringify(value)}`);
			expect(code).not.toMatch(/<\/script|<!--/i);
			expect(new Function(code)()).toBe(value);
		})
	);
	expect(new Function(scriptText('return /<\\/script>|<!--/u.test("<!--")'))()).toBe(true);
	expect(new Function(scriptText('return `</script>`'))()).toBe('</script>');
});

test('a tag ends at the first > that is not in quotes', () => {
	const html = '<a title="1 > 0" href="x/">one</a><abbr title="a">two</abbr><a>three</a>';
	const tags: string[] = [];
	const same = changeTags(html, 'a', (tag) => {
		tags.push(tag);
		return tag;
	});
	expect(same).toBe(html);
	expect(tags).toEqual(['<a title="1 > 0" href="x/">', '<a>']);
});

test('an attribute is read, changed and taken away, whatever its text', () => {
	const tag = '<a data-href="no" href="?a=1&amp;b=2">';
	expect(attribute(tag, 'href')).toBe('?a=1&b=2');
	expect(attribute(tag, 'title')).toBeUndefined();
	const changed = setAttribute(tag, 'href', 'x?"$&"&');
	expect(attribute(changed, 'href')).toBe('x?"$&"&');
	expect(attribute(changed, 'data-href')).toBe('no');
	expect(changed).toBe('<a data-href="no" href="x?&quot;$&amp;&quot;&amp;">');
	expect(setAttribute(tag, 'href')).toBe('<a data-href="no">');
});

test('an attribute is added, whatever its text', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const tag = addAttributes('<html lang="en">', { 'data-start': text, 'data-none': undefined });
			expect(attribute(tag, 'data-start')).toBe(text);
			expect(attribute(tag, 'data-none')).toBeUndefined();
			expect(changeTags(tag, 'html', () => '')).toBe('');
		})
	);
});

test('words are read from a page as a browser shows them', () => {
	expect(plainWords('a &lt; b &amp;&amp; c &quot;d&quot; &nbsp;')).toBe('a < b && c "d" &nbsp;');
});
