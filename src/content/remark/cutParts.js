import { textOf } from './visit.js';

/** What a slide holds, in lines of text; the rest of a section goes on to the next slide. */
const LINES = 12;
const CHARACTERS_A_LINE = 76;
/** Room of what is not running text, with the space around it. */
const FORMULA = 3;
const TABLE_ROW = 1.5;
const QUESTION = 7;

/**
 * Cuts a text into parts that fit a slide each: at its headings, around each figure, and where a
 * section grows too long.
 * @param {import('../lessonFile.js').LessonFile} lesson
 */
export function cutParts(lesson) {
	return (/** @type {import('./visit.js').Node} */ tree) => {
		/** @type {{ nodes: import('./visit.js').Node[], figure: boolean, lines: number }[]} */
		const cut = [];
		let heading = -1;
		for (const node of tree.children ?? []) {
			const starts = node.type === 'heading';
			const figure = isTag(node, 'Widget');
			const lines = linesOf(node);
			const last = cut.at(-1);
			if (starts) heading++;
			if (!last || starts || figure || last.figure || last.lines + lines > LINES) {
				cut.push({ nodes: [], figure, lines: 0 });
				const { id = '', text = '' } = lesson.headings[heading] ?? {};
				lesson.parts.push({ heading: id, title: text, first: starts, figure });
			}
			cut.at(-1).nodes.push(node);
			cut.at(-1).lines += lines;
		}
		const html = (/** @type {string} */ value) => ({
			type: 'html',
			value,
			position: tree.position
		});
		tree.children = cut.flatMap(({ nodes }, i) => [
			html(`<Part place={parts[${i}]}>`),
			...nodes,
			html('</Part>')
		]);
	};
}

/**
 * @param {import('./visit.js').Node} node
 * @param {string} tag
 */
function isTag(node, tag) {
	return node.type === 'html' && new RegExp(`^<${tag}\\b`).test(node.value ?? '');
}

/**
 * Lines that a node takes on a slide, where only first sentences stand.
 * @param {import('./visit.js').Node} node
 * @returns {number}
 */
function linesOf(node) {
	switch (node.type) {
		case 'heading':
			return 0;
		case 'html':
			if (isTag(node, 'Question')) return QUESTION;
			return node.value?.startsWith('{@html') ? FORMULA : isTag(node, '[A-Z]\\w*') ? LINES : 0;
		case 'table':
			return (node.children ?? []).length * TABLE_ROW;
		case 'code':
			return (node.value ?? '').split('\n').length * 0.8 + 1;
		case 'list':
		case 'listItem':
		case 'blockquote':
			return (node.children ?? []).reduce((sum, child) => sum + linesOf(child), 0);
		default:
			return Math.ceil(leadOf(node).length / CHARACTERS_A_LINE) + 0.6;
	}
}

/**
 * The text of a paragraph as far as <Rest>, with a few letters for each formula.
 * @param {import('./visit.js').Node} node
 */
function leadOf(node) {
	const children = node.children ?? [];
	const end = children.findIndex(({ value }) => value === '<Rest>');
	return children
		.slice(0, end < 0 ? undefined : end)
		.map((child) =>
			child.type !== 'html' ? textOf(child) : child.value?.startsWith('{@html') ? 'p(y|x)' : ''
		)
		.join('');
}
