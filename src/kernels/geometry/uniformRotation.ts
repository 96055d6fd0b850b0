import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { expSo3 } from './expSo3';
import type { Matrix3 } from './matrix3';
import { quaternionToMatrix } from './quaternion';
import { norm3, scale3, type Vector3 } from './vector3';

/** A rotation drawn evenly from SO(3): a quaternion of four normal numbers, scaled to length 1. */
export function uniformRotation(stream: Stream): Matrix3 {
	return quaternionToMatrix(
		[normal(stream), normal(stream), normal(stream), normal(stream)],
		'wxyz'
	);
}

/**
 * A turn about an evenly drawn axis by an angle drawn evenly from 0 to `most` radians. With π it reaches all
 * of SO(3), but favours small turns: it is not `uniformRotation`.
 */
export function rotationWithin(stream: Stream, most: number): Matrix3 {
	const axis: Vector3 = [normal(stream), normal(stream), normal(stream)];
	return expSo3(scale3(axis, (most * stream.uniform()) / (norm3(axis) || 1)));
}
