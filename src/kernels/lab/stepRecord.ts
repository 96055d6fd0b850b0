/** What is measured in one step. Names are those that TRL logs, where it logs them. NaN: not measured. */
export interface StepRecord {
	phase: 'sft' | 'rl';
	/** Counted from 1 within the phase. */
	step: number;
	loss: number;
	gradNorm: number;
	learningRate: number;
	/** Mean reward of the step's completions, and its deviation. */
	reward: number;
	rewardStd: number;
	/** Share of the groups in which all rewards agree: no advantage, no signal. */
	fracRewardZeroStd: number;
	/** Mean k3 estimate of KL(π‖π_ref) a token, in nats. */
	kl: number;
	/** Mean entropy of the policy at a completion's tokens, in nats. */
	entropy: number;
	/** Mean tokens of a completion, and the share cut off for want of room. */
	length: number;
	clippedRatio: number;
	/** Shares of tokens on the clip's branches, over the step's inner epochs. */
	clipLow: number;
	clipHigh: number;
	/** Of the critic. */
	valueLoss: number;
	/** On held-out problems. */
	passAt1: number;
	passAtK: number;
}

/** A record with nothing measured yet. */
export function emptyRecord(phase: StepRecord['phase'], step: number): StepRecord {
	return {
		phase,
		step,
		loss: NaN,
		gradNorm: NaN,
		learningRate: NaN,
		reward: NaN,
		rewardStd: NaN,
		fracRewardZeroStd: NaN,
		kl: NaN,
		entropy: NaN,
		length: NaN,
		clippedRatio: NaN,
		clipLow: NaN,
		clipHigh: NaN,
		valueLoss: NaN,
		passAt1: NaN,
		passAtK: NaN
	};
}
