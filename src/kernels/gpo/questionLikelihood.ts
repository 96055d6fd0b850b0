import { sigmoid } from '../core/sigmoid';
import type { OpinionEpisode } from './gpoWorkspace';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln(1 + eˢ) without overflow. */
function softplus(s: number): number {
	return Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
}

/**
 * From the head's (μ, s) to predicted shares and their spread: `mean` is the softmax of μ within
 * each target question, so that a question's shares sum to 1; sigma = eˢ, or with boundStd
 * .05 + .95·ln(1 + eˢ). All arrays are indexed by row; only target rows are read and written.
 *
 * The official `predict` leaves the softmax out and the scorer applies it; training and scoring
 * then see the same shares, as here.
 * Cost: O(target rows), no allocation.
 */
export function questionShares(
	episode: OpinionEpisode,
	head: Float64Array,
	boundStd: boolean,
	mean: Float64Array,
	sigma: Float64Array
): void {
	let row = episode.context;
	for (let question = 0; question < episode.questions; question++) {
		const end = row + episode.options[question];
		let highest = -Infinity;
		for (let r = row; r < end; r++) highest = Math.max(highest, head[2 * r]);
		let sum = 0;
		for (let r = row; r < end; r++) {
			mean[r] = Math.exp(head[2 * r] - highest);
			sum += mean[r];
		}
		for (let r = row; r < end; r++) {
			mean[r] /= sum;
			const s = head[2 * r + 1];
			sigma[r] = boundStd ? 0.05 + 0.95 * softplus(s) : Math.exp(s);
		}
		row = end;
	}
}

/**
 * The loss of one group's episode, −Σ_targets ln N(y; mean, sigma): the sum over its target rows,
 * which the trainers average over groups. A density, not a probability: with sigma = .1 and y = mean
 * one row gives −1.383647, so the loss may fall below 0 without end as sigma shrinks.
 *
 * Cost: O(target rows).
 */
export function gaussianLoss(
	episode: OpinionEpisode,
	mean: Float64Array,
	sigma: Float64Array
): number {
	let loss = 0;
	for (let row = episode.context; row < episode.rows; row++) {
		const z = (episode.y[row] - mean[row]) / sigma[row];
		loss += 0.5 * z * z + Math.log(sigma[row]) + HALF_LOG_TWO_PI;
	}
	return loss;
}

/**
 * The gradient of scale·gaussianLoss with respect to the head's (μ, s), written to `dHead` (rows × 2):
 * with z = (y − mean)/σ and e = −z/σ (the gradient of a share),
 *
 *     ∂μ_i = mean_i·(e_i − Σ_j mean_j·e_j) within the question,   ∂s = (1 − z²)·(dσ/ds)/σ
 *
 * where (dσ/ds)/σ is 1, or with boundStd .95·sigmoid(s)/σ. Cost: O(target rows), no allocation.
 */
export function gaussianLossGradient(
	episode: OpinionEpisode,
	head: Float64Array,
	boundStd: boolean,
	mean: Float64Array,
	sigma: Float64Array,
	scale: number,
	dHead: Float64Array
): void {
	let row = episode.context;
	for (let question = 0; question < episode.questions; question++) {
		const end = row + episode.options[question];
		let along = 0;
		for (let r = row; r < end; r++) {
			const z = (episode.y[r] - mean[r]) / sigma[r];
			const share = (-scale * z) / sigma[r];
			const slope = boundStd ? (0.95 * sigmoid(head[2 * r + 1])) / sigma[r] : 1;
			dHead[2 * r] = share;
			dHead[2 * r + 1] = scale * (1 - z * z) * slope;
			along += mean[r] * share;
		}
		for (let r = row; r < end; r++) dHead[2 * r] = mean[r] * (dHead[2 * r] - along);
		row = end;
	}
}
