/** Choices in one attribute, with bars between: "Up|Down". A bar or a backslash inside one has a backslash before it. */
export function joinChoices(choices: readonly string[]): string {
	return choices.map((choice) => choice.replace(/[\\|]/g, '\\$&')).join('|');
}

export function splitChoices(text: string): string[] {
	const choices = [''];
	for (const [, escaped, mark] of text.matchAll(/\\(.)|([^])/gsu)) {
		if (mark === '|') choices.push('');
		else choices[choices.length - 1] += escaped ?? mark;
	}
	return choices;
}
