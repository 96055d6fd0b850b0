import { DISTANCE_RULES, type DistanceRule } from './tsplibDistance';

/** Cities as they were read: x and y in turn; or the first line that is wrong, from 1, and why. */
export type TsplibReading =
	{ points: number[]; name?: string; rule?: DistanceRule } | { line: number; wrong: string };

const KEYWORD = /^\s*([A-Z_]+)\s*(?::\s*(.*))?$/i;
const SEPARATOR = /[\s,;]+/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads cities from a TSPLIB file, or from plain lines of "x y" or "number x y", separated by spaces, commas or
 * semicolons. Of a file it takes NAME, EDGE_WEIGHT_TYPE (EUC_2D, CEIL_2D, ATT or GEO), DIMENSION and
 * NODE_COORD_SECTION up to EOF; other entries are passed over. Nothing is guessed: what does not fit is named with
 * its line.
 *
 * Cost: O(length). Worked value: "NAME: a\nNODE_COORD_SECTION\n1 0 0\n2 3 4\nEOF" gives (0, 0), (3, 4) and the name a.
 */
export function readTsplib(text: string): TsplibReading {
	const lines = text.split(/\r\n|\r|\n/);
	const isFile = lines.some((line) => /^\s*[A-Z_]{3,}/i.test(line));
	return isFile ? readFile(lines) : readPlain(lines);
}

function readFile(lines: readonly string[]): TsplibReading {
	const points: number[] = [];
	const seen = new Set<string>();
	let name: string | undefined;
	let rule: DistanceRule | undefined;
	let dimension: { count: number; line: number } | undefined;
	let section = '';
	const wrongAt = (i: number, wrong: string) => ({ line: i + 1, wrong });
	for (const [i, line] of lines.entries()) {
		if (line.trim() === '') continue;
		const [, key, value = ''] = KEYWORD.exec(line) ?? [];
		const keyword = key?.toUpperCase();
		if (keyword === 'EOF') break;
		if (keyword === undefined) {
			if (section !== 'NODE_COORD_SECTION') {
				if (section === '') return wrongAt(i, `expected an entry such as “DIMENSION : 52”.`);
				continue;
			}
			const fields = line.trim().split(SEPARATOR);
			const city = readCity(fields, 3);
			if (!city) return wrongAt(i, 'expected a city as number, x and y, such as “1 565 575”.');
			if (seen.has(fields[0])) return wrongAt(i, `there is a city ${fields[0]} already.`);
			seen.add(fields[0]);
			points.push(...city);
			continue;
		}
		section = keyword.endsWith('_SECTION') ? keyword : '';
		const given = value.trim();
		if (keyword === 'NAME') name = given;
		else if (keyword === 'TYPE' && !/^TSP\b/i.test(given)) {
			return wrongAt(i, `TYPE is ${given || 'empty'}; only a symmetric TSP can be read here.`);
		} else if (keyword === 'DIMENSION') {
			const count = Number(given);
			if (!Number.isInteger(count) || count < 1 || given === '') {
				return wrongAt(i, `DIMENSION must be a whole number above 0, got “${given}”.`);
			}
			dimension = { count, line: i };
		} else if (keyword === 'EDGE_WEIGHT_TYPE') {
			rule = DISTANCE_RULES.find((known) => known === given.toUpperCase() && known !== 'REAL');
			if (!rule) {
				return wrongAt(
					i,
					`EDGE_WEIGHT_TYPE ${given || '(empty)'} has no place here; EUC_2D, CEIL_2D, ATT and GEO do.`
				);
			}
		}
	}
	if (points.length === 0) {
		return wrongAt(lines.length - 1, 'the file ends without cities in a NODE_COORD_SECTION.');
	}
	const count = points.length / 2;
	if (dimension && dimension.count !== count) {
		return wrongAt(
			dimension.line,
			`DIMENSION says ${dimension.count}, but there are ${count} cities.`
		);
	}
	return { points, name, rule };
}

function readPlain(lines: readonly string[]): TsplibReading {
	const points: number[] = [];
	for (const [i, line] of lines.entries()) {
		if (line.trim() === '') continue;
		const fields = line.trim().split(SEPARATOR);
		const city = readCity(fields, fields.length);
		if (!city) return { line: i + 1, wrong: 'expected x and y, such as “12 40”.' };
		points.push(...city);
	}
	return { points };
}

/** x and y of a line of two numbers, or of three of which the first is the city's number. */
function readCity(fields: readonly string[], count: number): [number, number] | undefined {
	if ((count !== 2 && count !== 3) || fields.length !== count) return undefined;
	if (!fields.every((field) => NUMBER.test(field))) return undefined;
	const [x, y] = fields.slice(-2).map(Number);
	return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : undefined;
}
