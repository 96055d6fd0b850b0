import type { Stream } from '../core/stream';
import { firstTour, type Start } from './firstTour';
import { doubleBridge, fourOptKick } from './kicks';
import { lookUpLength, type Search, type Solver } from './search';
import { twoOpt, type TwoOptOptions } from './twoOpt';

export interface AnnealingOptions {
	start: Start;
	kick: 'four-opt' | 'double-bridge';
	/** The local search after each kick; a share of the kicks goes without. */
	localSearch: TwoOptOptions;
	localSearchRate: number;
	/** `geometric`: T ← αT down to T_f, then the end. `lundy-mees`: T ← T/(1 + βT), and from T_f again from T_0. */
	cooling: 'geometric' | 'lundy-mees';
	initialTemperature: number;
	finalTemperature: number;
	alpha: number;
	/** Kicks at each temperature. */
	temperatureIterations: number;
}

/**
 * Simulated annealing as pyCombinatorial has it, from which the paper starts: kick the tour, run 2-opt on
 * it to a local optimum, and keep the result if it is shorter, or else with probability exp(−Δ/T). It is a
 * walk over local optima. Temperatures are in units of distance.
 *
 * The options hold what DeepSeek-R1 changed: a nearest-neighbour start, double-bridge kicks, local search
 * after 70 % of the kicks only, first instead of best improvement, and the cooling of Lundy and Mees with
 * reheating, β = (T_0 − T_f)/(M T_0 T_f) for M = ⌊ln(T_f/T_0)/ln α⌋ + 1 temperatures. Its acceptance of any
 * Δ < T/2 is left out, the cooling's own rule comes near it. The original returns the tour it stands on;
 * here every solver is credited with the best it has seen.
 *
 * Throws RangeError for temperatures that are not 0 < T_f < T_0 or α outside (0, 1).
 */
export function* simulatedAnnealing(
	search: Search,
	stream: Stream,
	options: AnnealingOptions
): Solver {
	const { initialTemperature, finalTemperature, alpha } = options;
	if (!(finalTemperature > 0 && finalTemperature < initialTemperature)) {
		throw new RangeError(
			`simulatedAnnealing: finalTemperature must be above 0 and below initialTemperature, got ${finalTemperature} and ${initialTemperature}`
		);
	}
	if (!(alpha > 0 && alpha < 1)) {
		throw new RangeError(`simulatedAnnealing: alpha must be in (0, 1), got ${alpha}`);
	}
	let tour = firstTour(search, stream, options.start);
	let length = lookUpLength(search, tour);
	search.offer(tour, length);
	if (search.size < 5) return;
	const temperatures = Math.floor(
		Math.log(finalTemperature / initialTemperature) / Math.log(alpha)
	);
	const beta =
		(initialTemperature - finalTemperature) /
		((temperatures + 1) * initialTemperature * finalTemperature);
	for (let temperature = initialTemperature; temperature > finalTemperature;) {
		for (let i = 0; i < options.temperatureIterations; i++) {
			const trial = (options.kick === 'four-opt' ? fourOptKick : doubleBridge)(tour, stream);
			let trialLength = lookUpLength(search, trial);
			if (stream.uniform() < options.localSearchRate) {
				trialLength = yield* twoOpt(search, trial, trialLength, options.localSearch);
			}
			if (accepts(trialLength - length, temperature, stream)) {
				tour = trial;
				length = trialLength;
				search.offer(tour, length);
			}
			yield;
		}
		if (options.cooling === 'geometric') temperature *= alpha;
		else {
			temperature /= 1 + beta * temperature;
			if (temperature <= finalTemperature) temperature = initialTemperature;
		}
	}
}

/**
 * The rule of Metropolis: a tour that is longer by Δ is kept with probability exp(−Δ/T); T → 0 keeps only
 * shorter ones, T → ∞ all.
 */
export function accepts(delta: number, temperature: number, stream: Stream): boolean {
	return delta < 0 || stream.uniform() <= Math.exp(-delta / temperature);
}
