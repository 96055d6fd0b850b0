import * as v from 'valibot';
import {
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	visit,
	type Document
} from 'yaml';
import { ContentError } from './contentError.js';

/** What to do about the mistakes of form that are made most; the rest get the general advice. */
const CURES: Record<string, string> = {
	TAB_AS_INDENT: 'Indent with spaces.',
	BLOCK_AS_IMPLICIT_KEY: 'Put text that has a colon and a blank in it into quotes.',
	DUPLICATE_KEY: 'Keep one of the two.'
};

/**
 * Reads YAML and checks it against a schema.
 * @param offset the number of lines above the YAML in its file
 * @throws {ContentError} with the file, the line, the field, what was expected and a cure
 */
export function checkedYaml<const S extends v.GenericSchema<unknown, unknown>>(
	schema: S,
	file: string,
	text: string,
	offset = 0
): v.InferOutput<S> {
	const counter = new LineCounter();
	const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
	const fail = (line: number, wrong: string, cure: string): never => {
		throw new ContentError(file, line + offset, wrong, cure);
	};

	const [syntax] = document.errors;
	if (syntax) {
		const wrong =
			syntax.code === 'DUPLICATE_KEY'
				? `the field “${/^[\w-]*/.exec(text.slice(syntax.pos[0]))}” is given twice.`
				: `this is not YAML: ${syntax.message}.`;
		const cure = CURES[syntax.code] ?? 'Mend the line; text with signs in it goes into quotes.';
		return fail(counter.linePos(syntax.pos[0]).line, wrong, cure);
	}

	visit(document, {
		Alias: (_key, { range, source }) =>
			fail(
				counter.linePos(range?.[0] ?? 0).line,
				`“*${source}” is read as a reference to another value.`,
				'Put text that starts with * into quotes.'
			)
	});

	const checked = v.safeParse(schema, document.toJS());
	if (checked.success) return checked.output;
	// A misspelt name makes two issues, one unknown and one missing: the first says more.
	const issue = checked.issues.find(({ expected }) => expected === 'never') ?? checked.issues[0];
	const path = issue.path?.map(({ key }) => key as string | number) ?? [];
	const field = path.length > 0 ? `field “${path.join('.')}”` : 'the record';
	return fail(lineOf(document, counter, path), `${field}: ${issue.message}.`, cureOf(issue));
}

function cureOf({ expected, received, input }: v.BaseIssue<unknown>): string {
	if (expected === 'never') return 'Mend its name or take it out.';
	if (received === 'undefined') return 'Add it; the other files of its kind show how.';
	if (expected === 'string' && ['number', 'boolean'].includes(typeof input)) {
		return 'Put it in quotes.';
	}
	return 'Correct it.';
}

/** Line of the innermost node that the path reaches: a missing field is reported where it belongs. */
function lineOf(
	document: Document,
	counter: LineCounter,
	path: readonly (string | number)[]
): number {
	let node: unknown = document.contents;
	let start = 0;
	for (const step of path) {
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
			if (!pair) break;
			start = isNode(pair.key) ? (pair.key.range?.[0] ?? start) : start;
			node = pair.value;
		} else if (isSeq(node)) {
			node = node.items[Number(step)];
			start = isNode(node) ? (node.range?.[0] ?? start) : start;
		}
	}
	return counter.linePos(start).line;
}
