import { existsSync, readdirSync } from 'node:fs';
import { mdsvex } from 'mdsvex';
import footnotes from 'remark-footnotes';
import math from 'remark-math';
import { fromRoot } from './contentError.js';
import { highlightCode } from './highlightCode.js';
import { lessonScript, newLessonFile } from './lessonFile.js';
import { anchorHeadings } from './remark/anchorHeadings.js';
import { checkText } from './remark/checkText.js';
import { readTags } from './remark/readTags.js';
import { sideNotes } from './remark/sideNotes.js';
import { typesetMath } from './remark/typesetMath.js';

const WIDGETS = 'src/widgets';

/** The names of all widgets: the folders that hold a spec. */
function widgetNames() {
	return readdirSync(WIDGETS, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(`${WIDGETS}/${entry.name}/spec.ts`))
		.map((entry) => entry.name);
}

/**
 * Lessons are Markdown with a few component tags; they come out as Svelte components.
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
					() => anchorHeadings(lesson),
					() => checkText(lesson),
					() => readTags(lesson, widgetNames()),
					() => typesetMath(lesson),
					() => sideNotes(lesson)
				]
			});
			const compiled = await markdown.markup({ content: hideFrontMatter(content), filename });
			return { code: lessonScript(lesson) + (compiled?.code ?? '') };
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
