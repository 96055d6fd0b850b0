import { logSigmoid } from '../core/sigmoid';
import { checkWins } from './checkWins';
import { unreachablePlayer } from './unreachablePlayer';

export interface BradleyTerryFitOptions {
	/** α ≥ 0: a Gamma(α + 1, rate α) prior on each e^θ. 0 is maximum likelihood. */
	alpha?: number;
	/** Stop when no strength moves by more than this in one iteration. */
	tolerance?: number;
	maxIterations?: number;
}

export interface BradleyTerryFit {
	/** θ, with mean 0: P(i beats j) = σ(θ_i − θ_j). */
	strengths: number[];
	/** Σ wins[i][j] log σ(θ_i − θ_j), without the prior. */
	logLikelihood: number;
	iterations: number;
	/** Whether the tolerance was met. */
	converged: boolean;
}

/**
 * Strengths from a matrix of wins by maximum likelihood under the Bradley–Terry model, with the MM
 * iteration of Zermelo (1929), whose every step raises the likelihood:
 *
 *     w_i ← (W_i + α) / (Σ_j N_ij / (w_i + w_j) + α),   w = e^θ, W_i wins of i, N_ij games of i and j
 *
 * A maximum exists only if everyone reaches everyone by a chain of wins (Ford 1957): a player who never
 * loses is infinitely strong, and islands that never met cannot be compared. With α > 0 it exists always.
 * Wins may be fractions: a matrix of probabilities gives what infinitely many games would give.
 *
 * Paper: Hunter, MM algorithms for generalized Bradley–Terry models, Annals of Statistics 32 (2004); the
 * prior Caron and Doucet, arXiv 1011.1761. choix (7494ad31) calls this mm_pairwise; its ilsr_pairwise and
 * opt_pairwise mean other priors by the same alpha (`bradleyTerryRidge` is the latter's). On islands at
 * α = 0 its mm_pairwise answers, with a gap between them that depends on where it starts, and
 * ilsr_pairwise refuses, as this does.
 *
 * Cost: O(n²) an iteration; some tens to thousands of iterations, more the weaker the links.
 * Throws RangeError for a matrix that is no win matrix, α that is negative or infinite, and for α = 0
 * players who are not connected both ways.
 * Worked value: 3 wins to 1: θ = ±(log 3)/2 = ±0.549306.
 */
export function bradleyTerryFit(
	wins: readonly ArrayLike<number>[],
	{ alpha = 0, tolerance = 1e-12, maxIterations = 100_000 }: BradleyTerryFitOptions = {}
): BradleyTerryFit {
	checkWins('bradleyTerryFit', wins);
	if (!(alpha >= 0 && alpha < Infinity)) {
		throw new RangeError(`bradleyTerryFit: alpha must be finite and ≥ 0, got ${alpha}`);
	}
	const n = wins.length;
	const apart = alpha === 0 ? unreachablePlayer(wins) : -1;
	if (apart >= 0) {
		throw new RangeError(
			`bradleyTerryFit: wins must connect all players both ways for alpha = 0, but no chain of wins leads from player 0 to player ${apart} and back; give alpha > 0`
		);
	}
	const won = wins.map((row) => Array.from(row).reduce((sum, count) => sum + count, 0));
	let theta = new Float64Array(n);
	let converged = false;
	let iterations = 0;
	while (!converged && iterations < maxIterations) {
		iterations++;
		const weights = normalisedWeights(theta);
		const next = theta.map((_, i) => {
			let expected = 0;
			for (let j = 0; j < n; j++) {
				if (j !== i) expected += (wins[i][j] + wins[j][i]) / (weights[i] + weights[j]);
			}
			return Math.log((won[i] + alpha) / (expected + alpha));
		});
		const centre = next.reduce((sum, x) => sum + x, 0) / n;
		for (let i = 0; i < n; i++) next[i] -= centre;
		converged = next.every((x, i) => Math.abs(x - theta[i]) <= tolerance);
		theta = next;
	}
	let logLikelihood = 0;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) {
			if (wins[i][j] > 0) logLikelihood += wins[i][j] * logSigmoid(theta[i] - theta[j]);
		}
	}
	return { strengths: Array.from(theta), logLikelihood, iterations, converged };
}

/** e^θ scaled to the mean 1, which is where the prior has its fixed point. */
function normalisedWeights(theta: Float64Array): Float64Array {
	const weights = theta.map(Math.exp);
	const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
	return weights.map((weight) => weight / mean);
}
