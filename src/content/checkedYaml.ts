import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { ContentError } from './contentError.js';

/**
 * Reads YAML and checks it against a schema. A fault is reported with its line, the field, what was
 * expected and what came; `offset` is the number of lines above the YAML in its file.
 */
export function checkedYaml<
	const S extends v.GenericSchema<unknown, unknown> & { entries: object }
>(schema: S, file: string, text: string, offset = 0): v.InferOutput<S> {
	const counter = new LineCounter();
	const document = parseDocument(text, { lineCounter: counter });
	const [syntax] = document.errors;
	if (syntax) {
		const line = counter.linePos(syntax.pos[0]).line + offset;
		const [reason] = syntax.message.split('\n');
		throw new ContentError(file, line, `this is not YAML: ${reason}`, 'Mend the line.');
	}
	const checked = v.safeParse(schema, document.toJS());
	if (checked.success) return checked.output;
	const unknown = checked.issues.find(({ expected }) => expected === 'never');
	const issue = unknown ?? checked.issues[0];
	const path = (issue.path ?? []).map(({ key }) => String(key));
	const at = text.split('\n').findIndex((line) => line.startsWith(`${path[0]}:`));
	throw new ContentError(
		file,
		at + 1 + offset,
		`“${path.join('.')}”: ${unknown ? 'there is no such field' : issue.message}.`,
		`Fields: ${Object.keys(schema.entries).join(', ')}.`
	);
}
