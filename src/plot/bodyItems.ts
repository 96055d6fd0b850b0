import { apply3 } from '$kernels/geometry/matrix3';
import { move, type Pose } from '$kernels/geometry/pose';
import type { Vector3 } from '$kernels/geometry/vector3';
import type { Role } from '$widgets/contract';
import type { SceneItem } from './sceneParts';

/** A box with one lid and one flag, so that no two of its poses look alike. In units of its longest edge. */
const [A, B, C] = [0.5, 0.32, 0.18];
const LID: readonly Vector3[] = [
	[A, B, C],
	[-A, B, C],
	[-A, -B, C],
	[A, -B, C]
];
const BOTTOM: readonly Vector3[] = LID.map(([x, y]) => [x, y, -C]);
const NOSE: readonly Vector3[] = [
	[A, B, -C],
	[A, B, C],
	[A, -B, C],
	[A, -B, -C]
];

/** A rigid body of some size at a pose: its edges, the shaded nose at its own +x, and an arrow out of its +z. */
export function bodyItems(
	pose: Pose,
	{ size = 1, role, label }: { size?: number; role: Role; label?: string }
): SceneItem[] {
	const at = ([x, y, z]: Vector3) => move(pose, [size * x, size * y, size * z]);
	const outline = (corners: readonly Vector3[]) => [...corners, corners[0]].map(at);
	const up = apply3(pose.rotation, [0, 0, 0.55 * size]);
	const [x, y, z] = pose.position;
	return [
		{ kind: 'line', points: outline(BOTTOM), role, width: 0.8 },
		...LID.map((corner, i): SceneItem => {
			return { kind: 'line', points: [corner, BOTTOM[i]].map(at), role, width: 0.8 };
		}),
		{ kind: 'line', points: outline(LID), role },
		{ kind: 'face', points: NOSE.map(at), role, opacity: 0.35 },
		{
			kind: 'line',
			points: [pose.position, [x + up[0], y + up[1], z + up[2]]],
			role,
			dash: '',
			arrow: true
		},
		...(label
			? [{ kind: 'label' as const, at: at([0, 0, -0.45]), text: label, role, dy: 0.8 }]
			: [])
	];
}
