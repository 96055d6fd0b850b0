import { checkMargins } from './checkMargins';
import { zeroSumEquilibrium } from './zeroSumEquilibrium';

/** Beside the largest margin, a margin this small against the lottery counts as even. */
const EVEN = 1e-8;

export interface MaximalLottery {
	/** Probability of each alternative. No alternative beats it: p·margins ≥ 0 in every column. */
	lottery: number[];
	/** The alternatives with probability above 0. */
	support: number[];
	/** against[j] = Σ_i p_i · margins[i][j] ≥ 0: by how much the lottery beats alternative j; 0 on the support. */
	against: number[];
	/** Whether it is the only maximal lottery. It is for an odd number of voters. */
	unique: boolean;
	/** What is left to prove that it is optimal, beside the largest margin; up to rounding 0. */
	gap: number;
}

/**
 * The maximal lottery (Kreweras 1965, Fishburn 1984): the equilibrium of the symmetric zero-sum game in
 * which each player names an alternative and gets its margin over the other's,
 *
 *     max_p min_j Σ_i p_i margins[i][j] = 0 .
 *
 * It is the Nash policy of NLHF, max_π min_π' P(π ≻ π'), for margins 2P − 1, and the point mass on the
 * Condorcet winner exactly if there is one (Liu et al., arXiv 2503.10990). With an odd number of voters it is
 * unique and its support has odd size (Laffond, Laslier and Le Breton 1997).
 *
 * Unique exactly if alternatives off the support all lose against it and the margins within the support
 * allow one balanced weighting only (Goldman and Tucker's strict complementarity).
 *
 * Cost: that of zeroSumEquilibrium. Throws RangeError for margins that are not square, finite and
 * antisymmetric.
 * Worked value: margins a = m01, b = m12, c = m20 > 0 of a cycle of three: (b, c, a) / (a + b + c).
 */
export function maximalLottery(margins: readonly (readonly number[])[]): MaximalLottery {
	checkMargins('maximalLottery', margins);
	// The same numbers above and below the diagonal, whatever rounding there was.
	const game = margins.map((row, i) => row.map((margin, j) => (i < j ? margin : -margins[j][i])));
	const { row: lottery, gap } = zeroSumEquilibrium(game);
	const largest = Math.max(...margins.flat()) || 1;
	const support = lottery.flatMap((p, i) => (p > 0 ? [i] : []));
	const against = margins.map((_, j) => lottery.reduce((sum, p, i) => sum + p * margins[i][j], 0));
	const even = against.filter((margin) => margin <= EVEN * largest).length;
	const inner = support.map((i) => support.map((j) => margins[i][j] / largest));
	const unique = even === support.length && rank(inner) === support.length - 1;
	return { lottery, support, against, unique, gap: gap / largest };
}

/** Rows that do not depend on each other, by elimination with full pivoting. */
function rank(matrix: readonly (readonly number[])[]): number {
	const rows = matrix.map((row) => [...row]);
	for (let done = 0; done < rows.length; done++) {
		let [i, j] = [done, done];
		for (let k = done; k < rows.length; k++) {
			for (let l = done; l < rows.length; l++) {
				if (Math.abs(rows[k][l]) > Math.abs(rows[i][j])) [i, j] = [k, l];
			}
		}
		if (Math.abs(rows[i][j]) <= EVEN) return done;
		[rows[done], rows[i]] = [rows[i], rows[done]];
		for (const row of rows) [row[done], row[j]] = [row[j], row[done]];
		for (let k = done + 1; k < rows.length; k++) {
			const factor = rows[k][done] / rows[done][done];
			for (let l = done; l < rows.length; l++) rows[k][l] -= factor * rows[done][l];
		}
	}
	return rows.length;
}
