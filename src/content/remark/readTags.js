import { ContentError } from '../contentError.js';
import { isPrimer } from '../isPrimer.js';
import { visit } from './visit.js';

const TAG = /<([A-Z]\w*)((?:\s+[a-z][\w-]*(?:="[^"]*")?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([a-z][\w-]*)(?:="([^"]*)")?/g;

/** Attributes that each tag of a lesson takes; a star marks those that it cannot do without. */
const TAGS = {
	Widget: ['name*', 'id', 'preset', 'predict'],
	Value: ['of*', 'preset', 'digits'],
	Preset: ['of*', 'name*'],
	Question: ['of*', 'id*'],
	Term: ['id*'],
	Cite: ['of*', 'at'],
	Ref: ['to*'],
	Claims: [],
	Sources: []
};

/**
 * Reads the component tags of a lesson: refuses unknown ones, numbers the figures and the questions,
 * and tells each tag its line, so that what only the page itself can check is reported with its place.
 * @param {import('../lessonFile.js').LessonFile} lesson
 * @param {readonly string[]} widgetNames
 */
export function readTags(lesson, widgetNames) {
	return (/** @type {import('./visit.js').Node} */ tree) =>
		visit(tree, (node) => {
			if (node.type !== 'html' || node.value?.startsWith('{@html')) return;
			const html = node.value ?? '';
			node.value = html.replace(TAG, (whole, tag, rest, _close, offset) => {
				const line = node.position.start.line + html.slice(0, offset).split('\n').length - 1;
				const given = Object.fromEntries(
					[...rest.matchAll(ATTRIBUTE)].map(([, name, value = '']) => [name, value])
				);
				checkTag(tag, given, line);
				lesson.tags.add(tag);
				if (tag === 'Widget') addFigure(given, line);
				const number = tag === 'Question' ? ` number={${addQuestion(given, line)}}` : '';
				return whole.replace(`<${tag}`, `<${tag} line={${line}}${number}`);
			});
		});

	/**
	 * @param {string} tag
	 * @param {Record<string, string>} given
	 * @param {number} line
	 */
	function checkTag(tag, given, line) {
		if (!Object.hasOwn(TAGS, tag)) {
			throw new ContentError(
				lesson.file,
				line,
				`there is no tag <${tag}>.`,
				`Lessons know ${Object.keys(TAGS).join(', ')}.`
			);
		}
		if (tag === 'Claims' && isPrimer(lesson.file)) {
			throw new ContentError(
				lesson.file,
				line,
				'<Claims/> in a primer, which has no paper.',
				'Say it in the text, and cite a work with <Cite of="…"/>.'
			);
		}
		const takes = TAGS[/** @type {keyof typeof TAGS} */ (tag)];
		const names = takes.map((name) => name.replace('*', ''));
		const unknown = Object.keys(given).find((name) => !names.includes(name));
		if (unknown) {
			throw new ContentError(
				lesson.file,
				line,
				`<${tag}> has no attribute “${unknown}”.`,
				`It takes ${names.join(', ') || 'none'}.`
			);
		}
		const missing = takes.find((name) => name.endsWith('*') && !(name.slice(0, -1) in given));
		if (missing) {
			throw new ContentError(
				lesson.file,
				line,
				`<${tag}> lacks “${missing.slice(0, -1)}”.`,
				`It takes ${names.join(', ')}.`
			);
		}
	}

	/**
	 * @param {Record<string, string>} given
	 * @param {number} line
	 */
	function addQuestion({ of, id }, line) {
		return lesson.questions.push({ of, id, line });
	}

	/**
	 * @param {Record<string, string>} given
	 * @param {number} line
	 */
	function addFigure(given, line) {
		const id = given.id ?? given.name;
		if (!widgetNames.includes(given.name)) {
			throw new ContentError(
				lesson.file,
				line,
				`there is no widget “${given.name}”.`,
				`src/widgets/ has ${widgetNames.join(', ')}.`
			);
		}
		if (!/^[a-z][a-z0-9-]*$/.test(id)) {
			throw new ContentError(
				lesson.file,
				line,
				`the figure's id “${id}” will not do in an address.`,
				'Use small letters, digits and hyphens.'
			);
		}
		if (lesson.figures.some((figure) => figure.id === id)) {
			throw new ContentError(
				lesson.file,
				line,
				`a second figure “${id}”.`,
				'Give one of them an id of its own.'
			);
		}
		lesson.figures.push({
			id,
			name: given.name,
			number: lesson.figures.length + 1,
			preset: given.preset,
			predict: given.predict,
			line
		});
	}
}
