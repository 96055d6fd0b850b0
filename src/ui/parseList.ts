import { parseNumber } from './numberFormat';

/**
 * A list of numbers as readers paste it: "[1, 0]", "1,0,0,1", "1 0 0 1", "0,5; 1" or a column of a
 * spreadsheet. Undefined for anything else, a single number among it: one comma is a decimal comma.
 */
export function parseList(text: string): number[] | undefined {
	const bare = text.trim();
	const inBrackets = bare.startsWith('[') && bare.endsWith(']');
	const inner = inBrackets ? bare.slice(1, -1).trim() : bare;
	const spaced = inner.split(/\s*;\s*|,?\s+/);
	const commas = inner.split(',');
	const onlyCommas = spaced.length === 1 && (inBrackets || commas.length > 2);
	const numbers = (onlyCommas ? commas : spaced).map(parseNumber);
	if (numbers.length < 2 && !inBrackets) return undefined;
	return numbers.every((x) => x !== undefined) ? numbers : undefined;
}
