import { tsplibInstances, type TsplibInstance, type TsplibName } from './tsplibInstances';

/**
 * The TSPLIB instance that has exactly these cities in this order, if it is one of those that are here. Its
 * optimum holds only with its own rule of distance.
 *
 * Cost: O(n) for each instance of n cities.
 */
export function knownInstance(
	points: readonly number[]
): { name: TsplibName; instance: TsplibInstance } | undefined {
	for (const name of Object.keys(tsplibInstances) as TsplibName[]) {
		const instance = tsplibInstances[name];
		const same =
			instance.points.length === points.length &&
			instance.points.every((coordinate, i) => coordinate === points[i]);
		if (same) return { name, instance };
	}
	return undefined;
}
