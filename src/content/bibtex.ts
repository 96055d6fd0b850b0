interface Entry {
	type: string;
	key: string;
	fields: Readonly<Record<string, string>>;
}

/** Characters that TeX would take for something else. */
const escape = (text: string) => text.replace(/[&%$#_]/g, '\\$&');

/** Words with a capital after their first letter, such as "LLMs" or "GRPO", keep it in any style. */
const keepCapitals = (title: string) => title.replace(/\S*\S[A-Z]\S*/g, (word) => `{${word}}`);

/** A BibTeX entry, one field a line. */
export function bibtex({ type, key, fields }: Entry): string {
	const lines = Object.entries(fields).map(([name, value]) => {
		const text = escape(value);
		return `  ${name} = {${name === 'title' ? keepCapitals(text) : text}}`;
	});
	return `@${type}{${key},\n${lines.join(',\n')}\n}`;
}
