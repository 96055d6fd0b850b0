import { checkFinite } from '../rl/checkFinite';

export interface GateOptions {
	/** Added to the scores where experts are chosen. Default 0. */
	bias?: readonly number[];
	/** Experts a token goes to. DeepSeek-V3: 8 of 256. */
	topK: number;
	/** Equal groups that the experts lie in, in order. DeepSeek-V3: 8. Default 1. */
	nGroup?: number;
	/** Groups a token may reach. DeepSeek-V3: 4. Default all. */
	topkGroup?: number;
	/** What the weights sum to. DeepSeek-V3: 2.5. Default 1. */
	routedScalingFactor?: number;
	/** Whose rule for experts of groups that are not kept. Default the official code's. */
	library?: 'official' | 'transformers';
}

/** Throws RangeError where the options do not fit the logits. */
export function checkGate(
	logits: readonly number[],
	{ bias, topK, nGroup = 1, topkGroup = nGroup }: GateOptions
): void {
	checkFinite('gate', 'logits', logits);
	const count = logits.length;
	if (!(Number.isInteger(nGroup) && nGroup >= 1 && count % nGroup === 0)) {
		throw new RangeError(`gate: nGroup must divide the ${count} experts, got ${nGroup}`);
	}
	if (!(Number.isInteger(topkGroup) && topkGroup >= 1 && topkGroup <= nGroup)) {
		throw new RangeError(`gate: topkGroup must be in 1 … ${nGroup}, got ${topkGroup}`);
	}
	const reachable = (count / nGroup) * topkGroup;
	if (!(Number.isInteger(topK) && topK >= 1 && topK <= reachable)) {
		throw new RangeError(`gate: topK must be in 1 … ${reachable}, got ${topK}`);
	}
	if (bias && bias.length !== count) {
		throw new RangeError(`gate: bias must have ${count} numbers, got ${bias.length}`);
	}
	if (bias) checkFinite('gate', 'bias', bias);
}
