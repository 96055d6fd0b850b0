import { logSigmoid, sigmoid } from '../core/sigmoid';

export type MarginLossType = 'sigmoid' | 'hinge' | 'ipo' | 'robust' | 'exo_pair' | 'discopop';

export interface MarginLossOptions {
	/** β > 0 */
	beta: number;
	/** ε; not read by 'hinge', 'ipo' and 'discopop'. */
	labelSmoothing?: number;
	/** What 'sigmoid' does with ε: cDPO's mixture, or nothing. */
	sigmoidSmoothing?: 'conservative' | 'ignored';
	/** τ of 'discopop'. */
	discopopTau?: number;
}

export interface MarginLoss {
	loss: number;
	/** d loss / d h */
	slope: number;
}

/**
 * The losses that see a pair only through the difference h of the chosen and the rejected answer's
 * scores. With u = βh:
 *
 *     sigmoid    −(1−ε) log σ(u) − ε log σ(−u)              minimum at u = log((1−ε)/ε), none for ε = 0
 *     hinge      max(0, 1 − u)                              flat from u = 1
 *     ipo        (h − 1/(2β))²                              minimum at h = 1/(2β)
 *     robust     [−(1−ε) log σ(u) + ε log σ(−u)] / (1−2ε)   no minimum: falls without end
 *     exo_pair   KL of (σ(u), σ(−u)) from (1−ε, ε)          minimum at u = log((1−ε)/ε)
 *     discopop   (1−m)(−log σ(u)) + m e^−u,  m = σ(u/τ)     not convex
 *
 * 'sigmoid' with ε is cDPO: its mean over labels of which a share ε is flipped. 'robust' is the other
 * way about: its mean over such labels is the loss of the clean label, at the price of more variance;
 * it divides by 0 at ε = 1/2. 'exo_pair' is infinite at ε = 0. 'discopop' at τ = 0.05 has the slope
 * +0.784β at u = 0: its first step away from the reference narrows the margin.
 *
 * Papers: sigmoid Rafailov et al., 2305.18290, eq. 7, and Mitchell's note on cDPO; hinge Zhao et al.,
 * SLiC-HF, 2305.10425; ipo Azar et al., 2310.12036, eq. 17; robust Chowdhury et al., 2403.00409;
 * exo_pair Ji et al., 2402.00856, eq. 16; discopop Lu et al., 2406.08414. As TRL f2cd5771 has them.
 *
 * Cost: constant. Throws nothing: what is not finite is computed on, as in the libraries.
 * Worked value: h = 2, β = 0.1, ε = 0: sigmoid 0.598139 with slope −0.045017, hinge 0.8, ipo 9.
 */
export function marginLoss(
	lossType: MarginLossType,
	h: number,
	{
		beta,
		labelSmoothing: e = 0,
		sigmoidSmoothing = 'conservative',
		discopopTau = 0.05
	}: MarginLossOptions
): MarginLoss {
	const u = beta * h;
	switch (lossType) {
		case 'sigmoid':
			if (sigmoidSmoothing === 'ignored') {
				return { loss: -logSigmoid(u), slope: -beta * sigmoid(-u) };
			}
			return {
				loss: -logSigmoid(u) * (1 - e) - logSigmoid(-u) * e,
				slope: beta * (sigmoid(u) * e - sigmoid(-u) * (1 - e))
			};
		case 'hinge':
			return { loss: Math.max(0, 1 - u), slope: u >= 1 ? 0 : -beta };
		case 'ipo': {
			const gap = h - 1 / (2 * beta);
			return { loss: gap * gap, slope: 2 * gap };
		}
		case 'robust':
			return {
				loss: (-logSigmoid(u) * (1 - e) + logSigmoid(-u) * e) / (1 - 2 * e),
				slope: (-beta * (sigmoid(-u) * (1 - e) + sigmoid(u) * e)) / (1 - 2 * e)
			};
		case 'exo_pair': {
			const forChosen = logSigmoid(u) - Math.log1p(-e);
			const forRejected = logSigmoid(-u) - Math.log(e);
			return {
				loss: sigmoid(u) * forChosen + sigmoid(-u) * forRejected,
				slope: beta * sigmoid(u) * sigmoid(-u) * (forChosen - forRejected)
			};
		}
		case 'discopop': {
			const share = sigmoid(u / discopopTau);
			const rest = sigmoid(-u / discopopTau);
			const logistic = -logSigmoid(u);
			const exponential = Math.exp(-u);
			const blend = ((exponential - logistic) * share * rest) / discopopTau;
			return {
				loss: logistic * rest + exponential * share,
				slope: beta * (blend - sigmoid(-u) * rest - exponential * share)
			};
		}
	}
}
