/** Authors as a citation in the text names them: "Mroueh", "Liu and Wang", "Qu et al.". */
export function shortAuthors(authors: readonly string[]): string {
	const [first, second, ...rest] = authors.map((author) => author.split(' ').at(-1)!);
	if (rest.length > 0) return `${first} et al.`;
	return second === undefined ? first : `${first} and ${second}`;
}
