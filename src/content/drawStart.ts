import { execute } from '$player/execute';
import { startState } from '$player/figureState';
import type { Outcome } from '$player/job';
import type { Result, Schema, Spec } from '$widgets/contract';

const drawn = new Map<string, Outcome>();

/** The outcome of a widget's start state, run while the site is built; each is run once. */
export function drawStart(spec: Spec<Schema, Result>, preset?: string): Outcome {
	const key = `${spec.name}/${preset ?? ''}`;
	let outcome = drawn.get(key);
	if (!outcome || import.meta.env.DEV) {
		const { values, seed } = startState(spec, preset);
		const result = execute(spec, values, seed);
		outcome = { result, values, numbers: [spec.numbers(result, values)] };
		drawn.set(key, outcome);
	}
	return outcome;
}
