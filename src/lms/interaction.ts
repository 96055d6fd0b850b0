/** Both versions of SCORM take identifiers of these characters, this long. */
export function identifier(text: string): string {
	return text.replace(/[^\w-]+/g, '.').slice(0, 200);
}

export function isNumber(given: string): boolean {
	return /^-?\d+(\.\d+)?$/.test(given);
}
