import { logSigmoid } from '../core/sigmoid';

/**
 * The chances of k = 0 … n successes in n independent trials, from the logit of the success rate:
 *
 *     P(k) = n!/(k!(n−k)!) · p^k (1−p)^{n−k}
 *
 * In logs, so that neither a large n nor a rate near 0 or 1 loses it.
 * Cost: O(n). Throws RangeError unless n is a positive integer and the logit a number.
 * Worked value: logit 0, n = 2: 1/4, 1/2, 1/4.
 */
export function binomialProbabilities(at: number, n: number): Float64Array {
	if (!Number.isInteger(n) || n < 1) {
		throw new RangeError(`binomialProbabilities: n must be a positive integer, got ${n}`);
	}
	if (Number.isNaN(at)) {
		throw new RangeError('binomialProbabilities: the logit must be a number, got NaN');
	}
	const result = new Float64Array(n + 1);
	if (Math.abs(at) === Infinity) {
		result[at > 0 ? n : 0] = 1;
		return result;
	}
	const [logSuccess, logFailure] = [logSigmoid(at), logSigmoid(-at)];
	let logChoose = 0;
	for (let k = 0; k <= n; k++) {
		result[k] = Math.exp(logChoose + k * logSuccess + (n - k) * logFailure);
		logChoose += Math.log(n - k) - Math.log(k + 1);
	}
	return result;
}
