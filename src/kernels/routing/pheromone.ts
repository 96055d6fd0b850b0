/** How the pheromone of an edge grows and fades. */
export interface PheromoneRule {
	/** Share that evaporates each iteration, ρ. */
	decay: number;
	/**
	 * `original`: the best ant of each iteration lays 1/L on its edges, then all evaporate (pyCombinatorial).
	 * `rewrite`: evaporation first; 1/L is laid, and τ held to [10⁻⁵, 10⁵], only when a new best tour is
	 * found (DeepSeek-R1's code, which calls this MAX-MIN).
	 * `max-min`: the best tour so far lays 1/L each iteration and τ is held to [τ_max/2n, τ_max] with
	 * τ_max = 1/(ρL) (Stützle and Hoos 2000).
	 */
	update: 'original' | 'rewrite' | 'max-min';
}

const REWRITE_BOUNDS = [1e-5, 1e5] as const;

/** The bounds that a rule holds pheromone to, given the best length L so far and n cities. */
export function pheromoneBounds(
	{ update, decay }: PheromoneRule,
	best: number,
	n: number
): readonly [low: number, high: number] {
	if (update === 'original') return [0, Infinity];
	if (update === 'rewrite') return REWRITE_BOUNDS;
	const high = 1 / (decay * best);
	return [high / (2 * n), high];
}

/** A tour that lays pheromone, and whether it is a new best. */
export interface Deposit {
	tour: ArrayLike<number>;
	length: number;
	improved: boolean;
	/** Length of the best tour so far. */
	best: number;
}

/**
 * One iteration's change of the pheromone τ (n × n, symmetric), in place. Returns how many edges came to
 * stand at a bound, so that one can see whether bounds do anything.
 *
 * Cost: O(n²). Throws RangeError for a decay outside (0, 1).
 * Worked value: τ = 1 everywhere, ρ = .5, a tour of length 2, `original`: (1 + ½)/2 on its edges, ½ elsewhere.
 */
export function updatePheromone(tau: Float64Array, rule: PheromoneRule, deposit: Deposit): number {
	const { decay, update } = rule;
	if (!(decay > 0 && decay < 1)) {
		throw new RangeError(`updatePheromone: decay must be in (0, 1), got ${decay}`);
	}
	const { tour, length, improved, best } = deposit;
	const n = tour.length;
	const evaporate = () => {
		for (let i = 0; i < tau.length; i++) tau[i] *= 1 - decay;
	};
	if (update !== 'original') evaporate();
	if (update !== 'rewrite' || improved) {
		for (let i = 0; i < n; i++) {
			const [a, b] = [tour[i], tour[(i + 1) % n]];
			tau[a * n + b] += 1 / length;
			tau[b * n + a] = tau[a * n + b];
		}
	}
	if (update === 'original') evaporate();
	if (update === 'original' || (update === 'rewrite' && !improved)) return 0;
	const [low, high] = pheromoneBounds(rule, best, n);
	let atBound = 0;
	for (let a = 0; a < n; a++) {
		for (let b = 0; b < n; b++) {
			const i = a * n + b;
			if (a < b && (tau[i] <= low || tau[i] >= high)) atBound++;
			tau[i] = Math.min(high, Math.max(low, tau[i]));
		}
	}
	return atBound;
}
