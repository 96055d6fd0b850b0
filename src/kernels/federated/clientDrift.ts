export interface DriftSettings {
	/** a_k > 0: how strongly client k pulls. */
	curvatures: readonly number[];
	/** c_k: where client k would like w to be. */
	centres: readonly number[];
	/** n_k in the average; all alike by default. */
	counts?: readonly number[];
	learningRate: number;
	/** E, local steps a round; Infinity lets every client run to its own optimum. */
	localSteps: number;
	rounds: number;
	/** w before the first round. Default 0. */
	start?: number;
}

export interface ClientDrift {
	/** Global w before the first and after every round: length rounds + 1. */
	trajectory: Float64Array;
	/** s_k = 1 − (1 − η·a_k)^E, the share of its way to c_k that a client goes in one round. */
	pulls: Float64Array;
	/** Where the rounds end: Σ p_k·s_k·c_k / Σ p_k·s_k. */
	fixedPoint: number;
	/** Where the summed loss is least: Σ p_k·a_k·c_k / Σ p_k·a_k. */
	optimum: number;
	/** fixedPoint − optimum: 0 for E = 1 and for equal curvatures. */
	bias: number;
}

function check({ curvatures, centres, counts, learningRate, localSteps, rounds }: DriftSettings) {
	const fail = (what: string): never => {
		throw new RangeError(`clientDrift: ${what}`);
	};
	if (curvatures.length === 0) fail('curvatures must not be empty');
	if (centres.length !== curvatures.length) {
		fail(`centres must have ${curvatures.length} entries, got ${centres.length}`);
	}
	if (counts && (counts.length !== curvatures.length || !counts.every((n) => n > 0))) {
		fail(`counts must have ${curvatures.length} entries above 0, got [${counts}]`);
	}
	if (!(learningRate > 0)) fail(`learningRate must be above 0, got ${learningRate}`);
	curvatures.forEach((a, k) => {
		if (!(a > 0 && a * learningRate < 2)) {
			const bound = `above 0 and below 2/learningRate = ${2 / learningRate}`;
			fail(`curvatures[${k}] must be ${bound} for its steps to converge, got ${a}`);
		}
		if (!Number.isFinite(centres[k])) fail(`centres[${k}] must be finite, got ${centres[k]}`);
	});
	if (localSteps !== Infinity && (!Number.isInteger(localSteps) || localSteps < 1)) {
		fail(`localSteps must be a positive integer or Infinity, got ${localSteps}`);
	}
	if (!Number.isInteger(rounds) || rounds < 0) {
		fail(`rounds must be an integer of at least 0, got ${rounds}`);
	}
}

/**
 * Client drift where it can be seen whole: clients with losses L_k(w) = a_k·(w − c_k)²/2 take E
 * gradient steps each from the global w, then their results are averaged with shares p_k = n_k/Σn.
 * One local step maps w to w − η·a_k·(w − c_k), so E steps leave
 *
 *     w_k = c_k + (1 − η·a_k)^E·(w − c_k),   w ← Σ p_k·w_k,
 *
 * which ends where Σ p_k·s_k·(c_k − w) = 0, not at the optimum Σ p_k·a_k·(c_k − w) = 0: with many
 * local steps s_k → 1 and a client's curvature no longer counts. Formula derived; the effect is the
 * "client drift" of Karimireddy et al., arXiv 1910.06378.
 *
 * The trajectory is made of actual gradient steps, the fixed point of the formula. With E = Infinity
 * the clients' own optima are averaged.
 * Cost: O(rounds·E·clients). Throws RangeError for lists of different length, a curvature not above 0
 * or too large for the learning rate, and step or round counts out of range.
 * Worked value: a = (1, 4), c = (0, 1), η = .1: optimum .8; fixed point .8 at E = 1, .670470 at
 * E = 6, .5 at E = Infinity.
 */
export function clientDrift(settings: DriftSettings): ClientDrift {
	check(settings);
	const { curvatures, centres, learningRate, localSteps, rounds, start = 0 } = settings;
	const counts = settings.counts ?? curvatures.map(() => 1);
	const total = counts.reduce((sum, count) => sum + count, 0);
	const pulls = Float64Array.from(curvatures, (a) => 1 - (1 - learningRate * a) ** localSteps);
	const centreOf = (strengths: ArrayLike<number>) => {
		let weighted = 0;
		let sum = 0;
		counts.forEach((count, k) => {
			weighted += count * strengths[k] * centres[k];
			sum += count * strengths[k];
		});
		return weighted / sum;
	};
	const trajectory = new Float64Array(rounds + 1);
	trajectory[0] = start;
	for (let round = 0; round < rounds; round++) {
		let average = 0;
		curvatures.forEach((a, k) => {
			let w = trajectory[round];
			if (localSteps === Infinity) w = centres[k];
			else for (let e = 0; e < localSteps; e++) w -= learningRate * a * (w - centres[k]);
			average += (counts[k] / total) * w;
		});
		trajectory[round + 1] = average;
	}
	const fixedPoint = centreOf(pulls);
	const optimum = centreOf(curvatures);
	return { trajectory, pulls, fixedPoint, optimum, bias: fixedPoint - optimum };
}
