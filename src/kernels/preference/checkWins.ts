/**
 * Checks a matrix of wins: wins[i][j] says how often i beat j, a tie counts as half a win for each.
 *
 * Cost: O(n²). Throws RangeError, in the name of the kernel that asks, unless it is square with at least
 * two players, its entries are finite and ≥ 0, and its diagonal is 0.
 */
export function checkWins(kernel: string, wins: readonly ArrayLike<number>[]): void {
	const n = wins.length;
	if (n < 2) throw new RangeError(`${kernel}: wins must have at least two players, got ${n}`);
	wins.forEach((row, i) => {
		if (row.length !== n) {
			throw new RangeError(`${kernel}: wins[${i}] must be ${n} long, got ${row.length}`);
		}
		for (let j = 0; j < n; j++) {
			if (!(row[j] >= 0 && row[j] < Infinity)) {
				throw new RangeError(`${kernel}: wins[${i}][${j}] must be finite and ≥ 0, got ${row[j]}`);
			}
		}
		if (row[i] !== 0) {
			throw new RangeError(`${kernel}: wins[${i}][${i}] must be 0, got ${row[i]}`);
		}
	});
}
