export interface ZeroSumEquilibrium {
	/** Probabilities of the rows, whose player gets the payoff, and of the columns, whose player pays it. */
	row: number[];
	column: number[];
	/** What the row player gets in equilibrium. */
	value: number;
	/** The least that `row` gets against any column. */
	rowGuarantee: number;
	/** The most that `column` pays against any row. */
	columnGuarantee: number;
	/** columnGuarantee − rowGuarantee: 0, up to rounding, proves that both strategies are optimal. */
	gap: number;
}

/**
 * An equilibrium of the two-player zero-sum game with these payoffs to the row player, by an exact
 * linear programme. With the payoffs A shifted to be positive, column probabilities q = y·value solve
 *
 *     maximise Σ y_j   subject to   A y ≤ 1,  y ≥ 0,        value = 1 / Σ y ,
 *
 * and the row probabilities are the dual solution. Solved by the simplex method from the feasible
 * point y = 0, by the column that gains most; where a step gains nothing, Bland's rule (lowest index first)
 * keeps it from going in circles. It computes in whole numbers without rounding (float64 numbers are whole
 * multiples of a power of 2), so that ties and near ties need no tolerance; only the result is rounded.
 *
 * The result carries its own proof: any row strategy guarantees at most the value and any column
 * strategy at least, so guarantees that meet mean that both are optimal (minimax theorem). Where a game
 * has several equilibria, one is returned.
 *
 * Cost: O(pivots · rows · columns) products of whole numbers that grow with the size of the game: below
 * a millisecond for 3 × 3, some 10 ms for 12 × 12. Throws RangeError for no payoffs, rows of different
 * lengths or a payoff that is not finite.
 * Worked value: matching pennies [[1, −1], [−1, 1]]: both (1/2, 1/2), value 0.
 */
export function zeroSumEquilibrium(payoffs: readonly (readonly number[])[]): ZeroSumEquilibrium {
	const columns = payoffs[0]?.length ?? 0;
	if (columns === 0) throw new RangeError('zeroSumEquilibrium: payoffs must not be empty');
	payoffs.forEach((row, i) => {
		if (row.length !== columns) {
			throw new RangeError(
				`zeroSumEquilibrium: payoffs[${i}] must have ${columns} numbers, got ${row.length}`
			);
		}
		row.forEach((payoff, j) => {
			if (!Number.isFinite(payoff)) {
				throw new RangeError(
					`zeroSumEquilibrium: payoffs[${i}][${j}] must be finite, got ${payoff}`
				);
			}
		});
	});
	const { row, column } = simplex(wholeMultiples(payoffs));
	const rowGuarantee = Math.min(
		...payoffs[0].map((_, j) => row.reduce((sum, p, i) => sum + p * payoffs[i][j], 0))
	);
	const columnGuarantee = Math.max(
		...payoffs.map((own) => own.reduce((sum, payoff, j) => sum + payoff * column[j], 0))
	);
	return {
		row,
		column,
		value: rowGuarantee / 2 + columnGuarantee / 2,
		rowGuarantee,
		columnGuarantee,
		gap: columnGuarantee - rowGuarantee
	};
}

/** The payoffs in a unit, a power of 2, in which all are whole, shifted to be above 0. */
function wholeMultiples(payoffs: readonly (readonly number[])[]): bigint[][] {
	/** How often a number is doubled until it is whole; doubling is exact. */
	const doublings = (payoff: number) => {
		let count = 0;
		for (let x = payoff; !Number.isInteger(x); x *= 2) count++;
		return count;
	};
	const most = Math.max(...payoffs.flat().map(doublings));
	const whole = payoffs.map((row) =>
		row.map((payoff) => {
			let own = payoff;
			const count = doublings(payoff);
			for (let k = 0; k < count; k++) own *= 2;
			return BigInt(own) << BigInt(most - count);
		})
	);
	const least = whole.flat().reduce((a, b) => (b < a ? b : a));
	return whole.map((row) => row.map((payoff) => payoff - least + 1n));
}

/**
 * Maximises Σ y subject to A y ≤ 1, y ≥ 0, for whole A above 0, and normalises the maximiser and that of
 * the dual. All entries of the table stand over one denominator, that of the last pivot, and stay whole
 * (Edmonds; Bareiss 1968).
 */
function simplex(a: readonly (readonly bigint[])[]): { row: number[]; column: number[] } {
	const rows = a.length;
	const columns = a[0].length;
	/** Last row: what is still to be gained by each column. Last column: the right-hand side. */
	const table = [...a.map((row) => [...row, 1n]), [...new Array<bigint>(columns).fill(1n), 0n]];
	/** Which variable each column and row stands for: y_j is j, the slack of row i is columns + i. */
	const outside = Array.from({ length: columns }, (_, j) => j);
	const inside = Array.from({ length: rows }, (_, i) => columns + i);

	let stalled = false;
	let denominator = 1n;
	for (;;) {
		let enter = -1;
		for (let j = 0; j < columns; j++) {
			const gain = table[rows][j];
			if (gain <= 0n) continue;
			const first =
				enter < 0 || (stalled ? outside[j] < outside[enter] : gain > table[rows][enter]);
			if (first) enter = j;
		}
		if (enter < 0) break;
		let leave = -1;
		for (let i = 0; i < rows; i++) {
			if (table[i][enter] <= 0n) continue;
			// Which row stops the entering column sooner: right-hand side over entry, without a division.
			const sooner =
				leave < 0
					? -1n
					: table[i][columns] * table[leave][enter] - table[leave][columns] * table[i][enter];
			if (sooner < 0n || (sooner === 0n && inside[i] < inside[leave])) leave = i;
		}
		stalled = table[leave][columns] === 0n;
		denominator = pivot(table, leave, enter, denominator);
		[outside[enter], inside[leave]] = [inside[leave], outside[enter]];
	}
	const primal = new Array<bigint>(columns).fill(0n);
	const dual = new Array<bigint>(rows).fill(0n);
	inside.forEach((variable, i) => {
		if (variable < columns) primal[variable] = table[i][columns];
	});
	outside.forEach((variable, j) => {
		if (variable >= columns) dual[variable - columns] = -table[rows][j];
	});
	return { row: shares(dual), column: shares(primal) };
}

/** Exchanges the variable of a row with that of a column, in the condensed table; the new denominator. */
function pivot(table: bigint[][], leave: number, enter: number, denominator: bigint): bigint {
	const own = table[leave];
	const entry = own[enter];
	table.forEach((row, i) => {
		if (i === leave) return;
		const factor = row[enter];
		for (let j = 0; j < row.length; j++) {
			row[j] = j === enter ? -factor : (row[j] * entry - factor * own[j]) / denominator;
		}
	});
	own[enter] = denominator;
	return entry;
}

/** What each is of the sum, as float64. */
function shares(weights: readonly bigint[]): number[] {
	const total = weights.reduce((sum, weight) => sum + weight, 0n);
	/** More bits than float64 keeps of a share as small as 2^−1000. */
	const bits = 1060n;
	return weights.map((weight) => {
		const share = (weight << bits) / total;
		const extra = BigInt(Math.max(0, share.toString(16).length * 4 - 64));
		return Number(share >> extra) * 2 ** Number(extra - bits);
	});
}
