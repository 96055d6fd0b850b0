export interface FedAvgOptions {
	/**
	 * What to do about a client that reports 0 examples or a NaN weight.
	 * 'throw' (default): NaN or infinite weights, and a total of 0 examples, are refused.
	 * 'flower': plain arithmetic, as Flower's `aggregate`: 0·NaN is NaN and poisons the average, and
	 * a total of 0 gives 0/0 = NaN. (Flower's newer API divides the counts first and raises
	 * ZeroDivisionError for a total of 0; PluralLLM's server does the same.)
	 * 'skip': clients with 0 examples are left out before the sum, whatever they sent.
	 */
	deadClients?: 'throw' | 'flower' | 'skip';
}

export interface FedAvg {
	/** The averaged parameters. */
	average: Float64Array;
	/** Share n_k/Σn of each client in the average: sums to 1. */
	factors: Float64Array;
	/** Σ n_k. */
	total: number;
}

function check(weights: readonly Float64Array[], counts: readonly number[], finite: boolean): void {
	if (weights.length === 0) {
		throw new RangeError('fedAvg: weights must hold at least one client, got none');
	}
	if (counts.length !== weights.length) {
		throw new RangeError(
			`fedAvg: counts must have one entry for each of ${weights.length} clients, got ${counts.length}`
		);
	}
	weights.forEach((client, k) => {
		if (client.length !== weights[0].length) {
			throw new RangeError(
				`fedAvg: weights[${k}] must have ${weights[0].length} parameters, got ${client.length}`
			);
		}
		if (!(counts[k] >= 0 && counts[k] < Infinity)) {
			throw new RangeError(`fedAvg: counts[${k}] must be at least 0 and finite, got ${counts[k]}`);
		}
		const bad = finite ? client.findIndex((value) => !Number.isFinite(value)) : -1;
		if (bad >= 0) {
			throw new RangeError(`fedAvg: weights[${k}][${bad}] must be finite, got ${client[bad]}`);
		}
	});
}

/**
 * Federated averaging's server step: the clients' parameters, weighted by their numbers of examples,
 *
 *     w = Σ_k n_k·w_k / Σ_k n_k        (multiplied first, divided once at the end, as Flower does)
 *
 * Paper: McMahan et al., arXiv 1602.05629, algorithm 1. Reference: flwr.server.strategy.aggregate.
 * PluralLLM's server forms n_k/Σn first, which differs in the last bit only; its n_k is the number of
 * (question, option) rows in the client's first random batch of the round, not the size of its data.
 * Flower returns an empty list for no clients; here that throws.
 * Cost: O(clients·parameters). Throws RangeError for no clients, lengths that differ, a negative or
 * infinite count, and as `deadClients` says.
 * Worked value: fedAvg([[1], [3]], [1, 3]).average = [2.5], factors = [.25, .75].
 */
export function fedAvg(
	weights: readonly Float64Array[],
	counts: readonly number[],
	{ deadClients = 'throw' }: FedAvgOptions = {}
): FedAvg {
	const alive = deadClients === 'skip' ? counts.map((count) => count > 0) : null;
	const taking = alive ? weights.filter((_, k) => alive[k]) : weights;
	check(weights, counts, false);
	if (deadClients !== 'flower' && taking.length > 0) {
		check(taking, alive ? counts.filter((_, k) => alive[k]) : counts, true);
	}
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0 && deadClients !== 'flower') {
		throw new RangeError('fedAvg: counts must not all be 0, got a total of 0');
	}
	const average = new Float64Array(weights[0].length);
	weights.forEach((client, k) => {
		if (alive && !alive[k]) return;
		for (let i = 0; i < average.length; i++) average[i] += counts[k] * client[i];
	});
	for (let i = 0; i < average.length; i++) average[i] /= total;
	return { average, factors: Float64Array.from(counts, (count) => count / total), total };
}
