/**
 * What the Markdown plugins learn from one lesson while it is compiled.
 * @typedef {object} LessonFile
 * @property {string} file path from the root
 * @property {{ id: string, text: string, depth: number }[]} headings
 * @property {{ id: string, name: string, number: number, preset?: string, predict?: string, line: number }[]} figures
 * @property {{ target: string, line: number }[]} symbols symbols in formulas that name a control
 * @property {Set<string>} tags
 */

/**
 * @param {string} file
 * @returns {LessonFile}
 */
export function newLessonFile(file) {
	return { file, headings: [], figures: [], symbols: [], tags: new Set() };
}

/**
 * The script that a compiled lesson opens with: its components, the specs and views of its figures,
 * and what the tags need to know of one another.
 * @param {LessonFile} lesson
 */
export function lessonScript(lesson) {
	const names = [...new Set(lesson.figures.map((figure) => figure.name))];
	const imports = [
		`import { openLesson } from '$content/lessonContext';`,
		...[...lesson.tags].map((tag) => `import ${tag} from '$content/tags/${tag}.svelte';`),
		...names.flatMap((name, i) => [
			`import { spec as spec${i} } from '$widgets/${name}/spec';`,
			`import View${i} from '$widgets/${name}/View.svelte';`
		])
	];
	const figures = lesson.figures.map((figure) => {
		const i = names.indexOf(figure.name);
		return `{ ...${JSON.stringify(figure)}, spec: spec${i}, View: View${i} }`;
	});
	return [
		'<script module>',
		`export const headings = ${JSON.stringify(lesson.headings)};`,
		'</script>',
		'<script>',
		...imports,
		`const { paper, sources } = $props();`,
		`openLesson({ file: ${JSON.stringify(lesson.file)}, get paper() { return paper; }, get sources() { return sources; }, figures: [${figures.join(', ')}], symbols: ${JSON.stringify(lesson.symbols)} });`,
		'</script>',
		''
	].join('\n');
}
