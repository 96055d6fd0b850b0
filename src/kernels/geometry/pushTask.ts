import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { apply3, type Matrix3 } from './matrix3';
import type { Cloud } from './tensorPolicy';
import { add3, cross3, norm3, scale3, type Vector3 } from './vector3';

/** Base, rim, handle and spout of a can that stands upright, z up. Lengths in units of its height. */
const CAN: readonly Vector3[] = [
	[0, 0, -0.5],
	[0, 0, 0.5],
	[0.7, 0, 0.1],
	[-0.2, 0.6, 0.2]
];
const [HANDLE, SPOUT] = [2, 3];
/** How far each point of one can lies from the pattern, a standard deviation along each axis. */
const SPREAD = 0.15;

const UP: Vector3 = [0, 0, 1];

/** 'object': what is right depends on the can alone. 'gravity': it also depends on where up is. */
export type PushTask = 'object' | 'gravity';

/** A can of its own shape, upright. */
export function drawCan(stream: Stream): Vector3[] {
	return CAN.map(([x, y, z]) => [
		x + SPREAD * normal(stream),
		y + SPREAD * normal(stream),
		z + SPREAD * normal(stream)
	]);
}

export function turnPoints(points: readonly Vector3[], rotation: Matrix3): Vector3[] {
	return points.map((point) => apply3(rotation, point));
}

export function centreOf(points: readonly Vector3[]): Vector3 {
	const sum = points.reduce((total, point) => add3(total, point), [0, 0, 0] as Vector3);
	return scale3(sum, 1 / points.length);
}

/**
 * The arrow that the expert shows: of length 1, at a right angle to handle and spout as seen from the centre,
 *
 *     n = (h × s) / |h × s|,
 *
 * and for the task 'gravity' halfway between n and up, (n + up) / 2.
 */
export function expertArrow(points: readonly Vector3[], task: PushTask): Vector3 {
	const centre = centreOf(points);
	const normalTo = cross3(add3(points[HANDLE], centre, -1), add3(points[SPOUT], centre, -1));
	const arrow = scale3(normalTo, 1 / (norm3(normalTo) || 1));
	return task === 'object' ? arrow : scale3(add3(arrow, UP), 1 / 2);
}

/** Points of one can with what the tensor field network is told: which point each is, and gravity as asked. */
export function canCloud(
	points: readonly Vector3[],
	gravity: 'none' | 'scalars' | 'vector'
): Cloud {
	return {
		points,
		scalars: points.map((_, i) => [
			...points.map((_, j) => (i === j ? 1 : 0)),
			...(gravity === 'scalars' ? scale3(UP, -1) : [])
		]),
		vectors: points.map(() => (gravity === 'vector' ? [scale3(UP, -1)] : []))
	};
}

/** The same can as one list of numbers for a perceptron: the points from their centre. */
export function canNumbers(points: readonly Vector3[]): number[] {
	const centre = centreOf(points);
	return points.flatMap((point) => [...add3(point, centre, -1)]);
}
