/**
 * The path that draws an orbit p_0, p_1, … over the graph of its map: up to the curve, across to the
 * diagonal, up again: (p_0, from), (p_0, p_1), (p_1, p_1), (p_1, p_2), …
 *
 * Cost: O(orbit). Throws RangeError for an empty orbit.
 * Worked value: cobwebOrbit([0.2, 0.5, 0.4]) has x = 0.2, 0.2, 0.5, 0.5 and y = 0, 0.5, 0.5, 0.4.
 */
export function cobwebOrbit(orbit: readonly number[], from = 0): { x: number[]; y: number[] } {
	if (orbit.length === 0) throw new RangeError('cobwebOrbit: orbit must not be empty');
	const x = [orbit[0]];
	const y = [from];
	for (let n = 1; n < orbit.length; n++) {
		x.push(orbit[n - 1]);
		y.push(orbit[n]);
		if (n + 1 < orbit.length) {
			x.push(orbit[n]);
			y.push(orbit[n]);
		}
	}
	return { x, y };
}
