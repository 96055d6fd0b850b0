import { sigmoid } from '../core/sigmoid';

/**
 * SAPO's soft gate on the importance ratio r, in the place of PPO's clip:
 *
 *     J = f(r)·A,   f(r) = (4/τ)·σ(τ(r − 1))
 *
 * τ is `temperature`, larger for A ≤ 0 than for A > 0 (TRL's and verl's defaults: 1.05 and 1). At
 * r = 1 the slope is 1, as that of r itself; the value there is 2/τ, which moves the loss and not the
 * gradient. Away from 1 the slope falls off on both sides (`sapoSlope`), nowhere to a sharp 0.
 *
 * Paper: Soft Adaptive Policy Optimization, arXiv 2511.20347. verl first holds log r within ±20.
 * Cost: constant. Throws nothing: NaN stays NaN.
 * Worked value: sapoGate(1, 1) = 2, sapoSlope(1, 1) = 1.
 */
export function sapoGate(ratio: number, temperature: number): number {
	return (4 / temperature) * sigmoid(temperature * (ratio - 1));
}

/** d f / d log r = 4·r·σ(τ(r − 1))·σ(−τ(r − 1)), which tends to 0 for r → ∞. */
export function sapoSlope(ratio: number, temperature: number): number {
	if (ratio === Infinity) return 0;
	const x = temperature * (ratio - 1);
	return 4 * ratio * sigmoid(x) * sigmoid(-x);
}
