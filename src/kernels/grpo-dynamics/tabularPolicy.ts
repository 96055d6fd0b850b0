import { logSoftmax } from '../core/softmax';

/** A softmax policy over answers 0 … outputs−1, of which the first `right` are right. */
export interface TabularPolicy {
	logits: Float64Array;
	right: number;
}

/**
 * A tabular policy that is right with probability pRef: pRef spread evenly over `right` answers, the
 * rest over the others. Its logits are the logs of these probabilities.
 *
 * Cost: O(outputs). Throws RangeError unless outputs and right are whole numbers, 1 ≤ right < outputs,
 * and 0 < pRef < 1.
 * Worked value: 4 answers, 1 right, pRef 0.1: probabilities 0.1, 0.3, 0.3, 0.3.
 */
export function tabularPolicy(outputs: number, right: number, pRef: number): TabularPolicy {
	if (!Number.isInteger(outputs) || outputs < 2) {
		throw new RangeError(`tabularPolicy: outputs must be an integer ≥ 2, got ${outputs}`);
	}
	if (!Number.isInteger(right) || right < 1 || right >= outputs) {
		throw new RangeError(
			`tabularPolicy: right must be an integer in 1 … ${outputs - 1}, got ${right}`
		);
	}
	if (!(pRef > 0 && pRef < 1)) {
		throw new RangeError(`tabularPolicy: pRef must be in (0, 1), got ${pRef}`);
	}
	const logits = Float64Array.from({ length: outputs }, (_, o) =>
		o < right ? Math.log(pRef / right) : Math.log1p(-pRef) - Math.log(outputs - right)
	);
	return { logits, right };
}

export interface PolicyReading {
	/** Probability of a right answer. */
	successRate: number;
	/** −Σ π log π over all answers, nats. */
	entropy: number;
	/** The same of π given a right answer: how spread the right answers are. */
	rightEntropy: number;
}

/** What a tabular policy does, exactly. Cost: O(outputs). */
export function readPolicy({ logits, right }: TabularPolicy): PolicyReading {
	const logProbs = logSoftmax(logits);
	const entropyOf = (logs: Float64Array) =>
		logs.reduce((sum, log) => (log === -Infinity ? sum : sum - Math.exp(log) * log), 0);
	let successRate = 0;
	for (let o = 0; o < right; o++) successRate += Math.exp(logProbs[o]);
	return {
		successRate,
		entropy: entropyOf(logProbs),
		rightEntropy: entropyOf(logSoftmax(logits.subarray(0, right)))
	};
}
