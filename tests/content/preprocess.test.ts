import { compile } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { lessonPreprocessor } from '../../src/content/preprocess.js';

const FILE = `${process.cwd()}/content/00-trial/lesson.md`;

async function compileLesson(text: string, filename = FILE): Promise<string> {
	const matter = '---\ntitle: Trial\n---\n\n';
	const result = await lessonPreprocessor().markup!({ content: matter + text, filename });
	return result!.code;
}

/** Line of the first line of text: the front matter takes three and a blank one follows. */
const FIRST = 5;

describe('a lesson compiles', () => {
	test('to a component that Svelte takes', async () => {
		const code = await compileLesson('## One\n\nText with $p < 1$ and `{code}`.\n');
		expect(compile(code, { generate: 'server' }).js.code).toContain('katex');
	});

	test('with mathematics typeset, in prose, lists, tables and notes', async () => {
		const code = await compileLesson(
			'A $x^2$.[^n]\n\n- item $y$\n\n| a |\n|---|\n| $z$ |\n\n$$\n\\frac{1}{2}\n$$\n\n[^n]: Note $w$.\n'
		);
		expect(code.match(/katex-html/g)).toHaveLength(5);
		expect(code).toContain('katex-display');
		expect(code).toContain('class="note"');
	});

	test('with tables in frames that can be told apart', async () => {
		const code = await compileLesson('| a |\n|---|\n| b |\n\nWords.\n\n| $c$ |\n|---|\n| d |\n');
		expect(code).toMatch(/aria-label="Table 1"[\s\S]*aria-label="Table 2"/);
	});

	test('with quotation marks as in print, but for code, formulas and tags', async () => {
		const code = await compileLesson(
			`"So" isn't *"it"*, ("$x'$" and '<Value of="a.b"/>'): \`"raw"\`, the '90s.\n`
		);
		expect(code).toContain('“So” isn’t <em>“it”</em>, (“');
		expect(code).toContain('” and ‘<Value line={5} of="a.b"/>’): <code');
		expect(code).toContain('"raw"');
		expect(code).toContain('the ’90s.');
	});

	test('with its questions numbered and their answers at the end', async () => {
		const code = await compileLesson(
			'<Question of="a" id="one"/>\n\nWords.\n\n<Question of="a" id="two"/>\n\nLast words.\n'
		);
		expect(code).toContain('<Question line={5} number={1} of="a" id="one"/>');
		expect(code).toContain('<Question line={9} number={2} of="a" id="two"/>');
		expect(code).toMatch(/<Answers questions=\{\[\{"of":"a","id":"one","line":5\},[^>]*\/>\s*$/);
		expect(await compileLesson('Words.\n')).not.toContain('Answers');
	});

	test('with tags of running text at the start of a line', async () => {
		const code = await compileLesson('Words and\n<Term id="policy">a term</Term> with $x$.\n');
		expect(code).toMatch(/<p>Words and\n<Term line=\{6\} id="policy">a term<\/Term> with \{@html/);
	});

	test('with tags of running text at the start of a list item', async () => {
		const code = await compileLesson('- <Term id="policy">a term</Term> with $x$\n');
		expect(code).toMatch(/<li><Term line=\{5\} id="policy">a term<\/Term> with \{@html/);
	});

	test('with what follows the first sentence set apart, never inside a tag, a name or a formula', async () => {
		const code = await compileLesson(
			'Dr. GRPO drops the division by it. So it does.\n\n- **A port is no program.** It $x. y$ runs.\n\n' +
				'A <Term id="policy">policy of tokens. Yes</Term> and one more. The end.\n\nOne sentence alone.\n'
		);
		expect(code).toContain('<p>Dr. GRPO drops the division by it. <Rest>So it does.</Rest></p>');
		expect(code).toContain('<strong>A port is no program.</strong> <Rest>It {@html');
		expect(code).toContain('</Term> and one more. <Rest>The end.</Rest>');
		expect(code).toContain('<p>One sentence alone.</p>');
	});

	test('cut into parts at headings, around figures and where a section grows long', async () => {
		const figure = '<Widget name="group-advantages"/>';
		const long = '\n\n$$\na\n$$'.repeat(5);
		const code = await compileLesson(`## One\n\nA.\n\n${figure}\n\nB.\n\n## Two\n\nC.${long}\n`);
		const places = JSON.parse(/const parts = (.*);/.exec(code)![1]);
		expect(places).toEqual([
			{ heading: 'one', title: 'One', first: true, figure: false },
			{ heading: 'one', title: 'One', first: false, figure: true },
			{ heading: 'one', title: 'One', first: false, figure: false },
			{ heading: 'two', title: 'Two', first: true, figure: false },
			{ heading: 'two', title: 'Two', first: false, figure: false }
		]);
		expect(code.match(/<Part place/g)).toHaveLength(5);
	});

	test('with headings that can be linked to', async () => {
		const code = await compileLesson('## Where it breaks\n\n### A part\n');
		expect(code).toContain('<h2 id="where-it-breaks">');
		expect(code).toContain('{"id":"a-part","text":"A part","depth":3}');
	});

	test('with code in the colours of both themes', async () => {
		const code = await compileLesson('```python\nx = {1: 2}\n```\n');
		expect(code).toContain('--shiki-dark');
	});

	test('with a symbol tied to the control that it names', async () => {
		const code = await compileLesson('The weight $\\param{cobweb.beta}{\\beta}$.\n');
		expect(code).toContain('data-param=\\"cobweb.beta\\"');
		expect(code).toContain('"target":"cobweb.beta"');
	});
});

describe('a fault is reported with its file, line and cure', () => {
	test.each([
		['bad TeX', 'Well.\n\nThen $\\frac{1$.', 2, 'Mend the TeX'],
		['an unknown command', '$\\notacommand$', 0, 'Mend the TeX'],
		['a stray dollar', 'It costs $5.', 0, 'write \\$'],
		['a brace in the text', 'The set {1, 2}.', 0, 'Put it in a formula or in `code`'],
		['a formula inside an HTML line', '<div>$x$</div>', 0, 'Leave a blank line'],
		['an unknown tag', 'See <Widgit name="a"/>.', 0, 'Lessons know'],
		['an unknown widget', 'Words.\n\n<Widget name="no-such-widget"/>', 2, 'src/widgets/ has'],
		['an unknown attribute', '<Cite of="30" page="3"/>', 0, 'It takes of, at'],
		['a missing attribute', '<Cite at="3"/>', 0, 'It takes of, at'],
		['a first-level heading', '# Title', 0, 'use ## and below'],
		['a second heading of the same words', '## A\n\n## A', 2, 'words of its own'],
		[
			'a column without a name',
			'Words.\n\n| | b |\n|---|---|\n| c | d |',
			2,
			'Name it in the first row'
		],
		['a note without text', 'Words.[^a]', 0, 'Add a line [^a]'],
		['a note that is never used', 'Words.\n\n[^a]: Text.', 2, 'refer to it']
	])('%s', async (_what, text, line, cure) => {
		const failure = compileLesson(text);
		await expect(failure).rejects.toThrow(`content/00-trial/lesson.md:${FIRST + line}: `);
		await expect(failure).rejects.toThrow(cure);
	});

	test('the claims of a paper in a primer, which has none', async () => {
		const primer = 'content/primers/00-trial/lesson.md';
		const failure = compileLesson('Words.\n\n<Claims/>\n', `${process.cwd()}/${primer}`);
		await expect(failure).rejects.toThrow(`${primer}:${FIRST + 2}: <Claims/> in a primer`);
		await expect(compileLesson('<Claims/>\n')).resolves.toContain('<Claims');
	});

	test('a dollar sign that is meant can be written', async () => {
		expect(await compileLesson('It costs \\$5.')).toContain('costs $5');
	});
});
