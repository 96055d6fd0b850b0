export interface BibtexEntry {
	type: 'misc' | 'inproceedings' | 'article';
	key: string;
	fields: Readonly<Record<string, string | undefined>>;
}

/** Fields that styles take as they stand: an escape would end up in the link. */
const VERBATIM = new Set(['url', 'doi', 'eprint']);

/**
 * An entry as BibTeX reads it, its fields in the order given. The signs & % $ # _ are escaped where
 * they are not yet; braces, which keep capitals, stay.
 * @throws {RangeError} where a field's braces do not match: the entry could not be read back.
 */
export function bibtex({ type, key, fields }: BibtexEntry): string {
	const lines = Object.entries(fields).map(([name, value]) => {
		if (value === undefined) return '';
		if (!bracesMatch(value)) {
			throw new RangeError(`bibtex: ${key}.${name}: expected braces that match, got "${value}"`);
		}
		return `  ${name} = {${VERBATIM.has(name) ? value : value.replace(/(?<!\\)[&%$#_]/g, '\\$&')}},\n`;
	});
	return `@${type}{${key},\n${lines.join('')}}`;
}

/** Whether each brace that opens is closed, and none closes what is not open. */
export function bracesMatch(text: string): boolean {
	let open = 0;
	for (const character of text) {
		if (character === '{') open++;
		if (character === '}' && --open < 0) return false;
	}
	return open === 0;
}
