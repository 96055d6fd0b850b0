import { expect, test } from 'vitest';
import { knownInstance } from '../../../src/kernels/routing/knownInstance';
import { mapPlaces, spanOf, tourLine } from '../../../src/kernels/routing/tourLine';
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

test('a tour closes; latitude points up', () => {
	const places = mapPlaces([0, 0, 1, 0, 1, 1], 'REAL');
	expect(tourLine(places, [0, 2, 1])).toEqual({ x: [0, 1, 1, 0], y: [0, 1, 0, 0] });
	expect(tourLine(places, [])).toEqual({ x: [], y: [] });
	expect(mapPlaces([52.5, 13.4], 'GEO')).toEqual([[13.4, 52.5]]);
	expect(spanOf(places, 0)).toEqual([0, 1]);
});
