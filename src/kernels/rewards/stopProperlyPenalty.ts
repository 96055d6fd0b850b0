/**
 * The reward of an answer that was cut off at the length limit instead of ending by itself:
 *
 *     coefficient in [0, 1]: reward · coefficient
 *     coefficient below 0:   the coefficient itself, whatever the reward was
 *
 * Scaling leaves a wrong answer (reward 0) at 0 and lifts a negative reward; only the fixed value makes
 * every answer that does not stop worse than one that does.
 *
 * Source: apply_stop_properly_penalty of OpenRLHF at 3c3be623. TRL's PPOTrainer subtracts a fixed
 * missing_eos_penalty instead; verl has no such switch.
 * Cost: constant. Throws RangeError for a coefficient above 1 or not finite, or a reward that is not
 * finite.
 * Worked value: reward 0.8, cut off: 0.4 with coefficient 0.5, −0.5 with −0.5.
 */
export function stopProperlyPenalty(
	reward: number,
	truncated: boolean,
	coefficient: number
): number {
	if (!Number.isFinite(reward)) {
		throw new RangeError(`stopProperlyPenalty: reward must be finite, got ${reward}`);
	}
	if (!(coefficient <= 1 && coefficient > -Infinity)) {
		throw new RangeError(
			`stopProperlyPenalty: coefficient must be in [0, 1] or negative, got ${coefficient}`
		);
	}
	if (!truncated) return reward;
	return coefficient < 0 ? coefficient : reward * coefficient;
}
