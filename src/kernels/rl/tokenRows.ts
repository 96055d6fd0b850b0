/**
 * One row a sequence, one number a token. Rows may be ragged, or padded to one length with a mask
 * of 0 there. Every kernel on tokens takes its tables in this form, then the mask: 1 for a token
 * that the policy wrote, 0 for padding and for what a tool wrote.
 */
export type TokenRows = readonly (readonly number[])[];

/**
 * Throws RangeError, in the name of the kernel that was called, unless every table has one row a
 * row of the mask and one number a token, and the mask holds 0 and 1 only.
 */
export function checkTokenRows(
	kernel: string,
	tables: Readonly<Record<string, TokenRows>>,
	mask: TokenRows
): void {
	mask.forEach((row, i) => {
		const bad = row.findIndex((kept) => kept !== 0 && kept !== 1);
		if (bad >= 0) {
			throw new RangeError(`${kernel}: mask[${i}][${bad}] must be 0 or 1, got ${row[bad]}`);
		}
	});
	for (const [name, rows] of Object.entries(tables)) {
		if (rows.length !== mask.length) {
			throw new RangeError(
				`${kernel}: ${name} must have the mask's ${mask.length} rows, got ${rows.length}`
			);
		}
		rows.forEach((row, i) => {
			if (row.length !== mask[i].length) {
				throw new RangeError(
					`${kernel}: ${name}[${i}] must have the mask's ${mask[i].length} tokens, got ${row.length}`
				);
			}
		});
	}
}
