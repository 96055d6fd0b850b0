import { existsSync, readdirSync } from 'node:fs';
import { mdsvex } from 'mdsvex';
import footnotes from 'remark-footnotes';
import math from 'remark-math';
import { fromRoot } from './contentError.js';
import { highlightCode } from './highlightCode.js';
import { lessonEnd, lessonScript, newLessonFile } from './lessonFile.js';
import { anchorHeadings } from './remark/anchorHeadings.js';
import { checkText } from './remark/checkText.js';
import { curlText } from './remark/curlText.js';
import { cutParts } from './remark/cutParts.js';
import { frameTables } from './remark/frameTables.js';
import { leadSentences } from './remark/leadSentences.js';
import { readTags } from './remark/readTags.js';
import { rootLinks } from './remark/rootLinks.js';
import { sideNotes } from './remark/sideNotes.js';
import { typesetMath } from './remark/typesetMath.js';

const WIDGETS = 'src/widgets';

/** The start of a line, list marks included, up to a tag of running text. */
const LINE_WITH_TAG =
	/^[ \t]*(?:(?:[-*+>]|\d+\.)[ \t]+)*(?=<\/?(?:Term|Value|Cite|Ref|Preset)\b)/gm;

/** Takes no room and has no meaning of its own. */
const JOINER = '\u2060';

/** The names of all widgets: the folders that hold a spec. */
function widgetNames() {
	return readdirSync(WIDGETS, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(`${WIDGETS}/${entry.name}/spec.ts`))
		.map((entry) => entry.name);
}

/**
 * Lessons and their teaching notes are Markdown with a few component tags; they come out as Svelte
 * components.
 * @returns {import('svelte/compiler').PreprocessorGroup}
 */
export function lessonPreprocessor() {
	return {
		name: 'lesson',
		async markup({ content, filename }) {
			if (!filename?.endsWith('.md')) return;
			const lesson = newLessonFile(fromRoot(filename));
			const markdown = mdsvex({
				extensions: ['.md'],
				smartypants: false,
				highlight: { highlighter: highlightCode },
				remarkPlugins: [
					math,
					[footnotes, { inlineNotes: true }],
					curlText,
					rootLinks,
					() => anchorHeadings(lesson),
					() => checkText(lesson),
					() => readTags(lesson, widgetNames()),
					leadSentences,
					() => typesetMath(lesson),
					() => sideNotes(lesson),
					() => cutParts(lesson),
					() => frameTables(lesson)
				]
			});
			const text = keepInline(hideFrontMatter(content));
			const compiled = await markdown.markup({ content: text, filename });
			const code = (compiled?.code ?? '').replaceAll(JOINER, '');
			return { code: lessonScript(lesson) + code + lessonEnd(lesson) };
		}
	};
}

/**
 * Front matter is read by lessons.ts; here its lines are blanked so that the others keep their numbers.
 * @param {string} content
 */
function hideFrontMatter(content) {
	return content.replace(/^---\r?\n[\s\S]*?\r?\n---/, (block) => block.replace(/[^\r\n]/g, ''));
}

/**
 * Markdown takes a line that starts with a tag for a block of HTML, which would end the paragraph
 * and leave its formulas as they are. Before the tags of running text a joiner prevents that.
 * @param {string} content
 */
function keepInline(content) {
	return content.replace(LINE_WITH_TAG, `$&${JOINER}`);
}
