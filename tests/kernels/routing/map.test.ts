import { expect, test } from 'vitest';
import { knownInstance } from '../../../src/kernels/routing/knownInstance';
import { mapPlaces } from '../../../src/kernels/routing/mapPlaces';
import { tsplibInstances } from '../../../src/kernels/routing/tsplibInstances';

test('an instance is known by its cities, and by no others', () => {
	for (const [name, instance] of Object.entries(tsplibInstances)) {
		expect(knownInstance([...instance.points])?.name).toBe(name);
		const moved = [...instance.points];
		moved[3] += 0.01;
		expect(knownInstance(moved)).toBeUndefined();
		expect(knownInstance(instance.points.slice(2))).toBeUndefined();
	}
});

test('a map has longitude to the right and latitude upwards', () => {
	expect(mapPlaces([0, 0, 1, 0, 1, 1], 'REAL')).toEqual([
		[0, 0],
		[1, 0],
		[1, 1]
	]);
	expect(mapPlaces([52.3, 13.24], 'GEO')).toEqual([[13.24, 52.3]]);
});
