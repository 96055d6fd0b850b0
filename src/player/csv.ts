import type { Table } from '$widgets/contract';

/** A cell that a spreadsheet would run as a formula starts with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: number | string): string {
	if (typeof value === 'number') return String(value);
	const safe = FORMULA.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as RFC 4180 text: full precision, CRLF, quotes only where they are needed. */
export function toCsv({ columns, rows }: Table): string {
	const head = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
	return [head, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
}
