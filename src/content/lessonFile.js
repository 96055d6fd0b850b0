/**
 * What the Markdown plugins learn from one lesson while it is compiled.
 * @typedef {object} LessonFile
 * @property {string} file path from the root
 * @property {{ id: string, text: string, depth: number }[]} headings
 * @property {{ id: string, name: string, number: number, preset?: string, predict?: string, line: number }[]} figures
 * @property {{ of: string, id: string, line: number }[]} questions in the order of the text
 * @property {{ target: string, line: number }[]} symbols symbols in formulas that name a control
 * @property {Set<string>} tags
 * @property {{ heading: string, title: string, first: boolean, figure: boolean }[]} parts pieces that fit a slide each
 */

/**
 * @param {string} file
 * @returns {LessonFile}
 */
export function newLessonFile(file) {
	return {
		file,
		headings: [],
		figures: [],
		questions: [],
		symbols: [],
		tags: new Set(),
		parts: []
	};
}

/**
 * The script that a compiled lesson opens with: its components, the specs and views of its figures,
 * and what the tags need to know of one another.
 * @param {LessonFile} lesson
 */
export function lessonScript(lesson) {
	const names = [...new Set(lesson.figures.map((figure) => figure.name))];
	const imports = [
		`import { resolve } from '$app/paths';`,
		`import { openLesson } from '$content/lessonContext';`,
		`import Part from '$content/Part.svelte';`,
		`import Rest from '$content/Rest.svelte';`,
		...(lesson.questions.length > 0 ? [`import Answers from '$content/Answers.svelte';`] : []),
		...[...lesson.tags].map((tag) => `import ${tag} from '$content/tags/${tag}.svelte';`),
		...names.flatMap((name, i) => [
			`import { spec as spec${i} } from '$widgets/${name}/spec';`,
			`import View${i} from '$widgets/${name}/View.svelte';`
		])
	];
	const figures = lesson.figures.map((figure, at) => {
		const i = names.indexOf(figure.name);
		return `{ ...figures[${at}], spec: spec${i}, View: View${i} }`;
	});
	return [
		'<script module>',
		`export const headings = ${JSON.stringify(lesson.headings)};`,
		`export const figures = ${JSON.stringify(lesson.figures)};`,
		`const parts = ${JSON.stringify(lesson.parts)};`,
		'</script>',
		'<script>',
		...imports,
		`const { paper, sources, part } = $props();`,
		`openLesson({ file: ${JSON.stringify(lesson.file)}, get paper() { return paper; }, get sources() { return sources; }, get part() { return part; }, figures: [${figures.join(', ')}], symbols: ${JSON.stringify(lesson.symbols)} });`,
		'</script>',
		''
	].join('\n');
}

/**
 * What a compiled lesson ends with: the answers to its questions.
 * @param {LessonFile} lesson
 */
export function lessonEnd({ questions }) {
	return questions.length > 0 ? `\n<Answers questions={${JSON.stringify(questions)}} />\n` : '';
}
