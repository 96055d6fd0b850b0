import { apply3, multiply3, transpose3, type Matrix3 } from '$kernels/geometry/matrix3';
import { expSo3 } from '$kernels/geometry/expSo3';
import { add3, type Vector3 } from '$kernels/geometry/vector3';

/** Where the eye is: degrees around the z axis from x towards y, and above the level. */
export interface Camera {
	azimuth: number;
	elevation: number;
}

/** A place of the drawing, in user units, and how near it is: 1 at the front of the scene, −1 at its back. */
export interface Placed {
	x: number;
	y: number;
	depth: number;
}

/** The eye stands this many scene radii from the centre: near enough to tell front from back. */
const DISTANCE = 5;
const DEGREE = Math.PI / 180;
/** Straight above, left and right lose their meaning. */
const HIGHEST = 85;

/**
 * From the scene's axes (z up) to the viewer's: right, up, towards the eye, one a row.
 * Worked value: azimuth 0, elevation 0 looks along −x, with y to the right and z up.
 */
export function viewRotation({ azimuth, elevation }: Camera): Matrix3 {
	const [sinA, cosA] = [Math.sin(azimuth * DEGREE), Math.cos(azimuth * DEGREE)];
	const [sinE, cosE] = [Math.sin(elevation * DEGREE), Math.cos(elevation * DEGREE)];
	return [-sinA, cosA, 0, -sinE * cosA, -sinE * sinA, cosE, cosE * cosA, cosE * sinA, sinE];
}

/**
 * The map from points of the scene to places of a drawing: perspective, with the centre in the middle and
 * a ball of the given radius filling the shorter side.
 */
export function projector(
	camera: Camera,
	{ centre, radius }: { centre: Vector3; radius: number },
	{ width, height }: { width: number; height: number }
): (point: Vector3) => Placed {
	const rotation = viewRotation(camera);
	// The ball's outline is seen at an angle whose tangent is 1/√(d² − 1).
	const scale = (Math.min(width, height) / 2) * Math.sqrt(DISTANCE ** 2 - 1);
	return (point) => {
		const [right, up, near] = apply3(rotation, add3(point, centre, -1)).map((x) => x / radius);
		// A point level with the eye has no place; it is kept in front of it.
		const shrink = scale / Math.max(0.5, DISTANCE - near);
		return { x: width / 2 + right * shrink, y: height / 2 - up * shrink, depth: near };
	};
}

/** The camera after the view was pulled by some degrees to the right and down. */
export function orbit({ azimuth, elevation }: Camera, right: number, down: number): Camera {
	return {
		azimuth: ((((azimuth - right) % 360) + 540) % 360) - 180,
		elevation: Math.max(-HIGHEST, Math.min(HIGHEST, elevation + down))
	};
}

/**
 * The turn, as a rotation matrix in the scene's axes, of a body whose front is pulled by some degrees to the
 * right and down as it is seen, and rolled counter-clockwise.
 */
export function pulledTurn(camera: Camera, right: number, down: number, roll = 0): Matrix3 {
	const view = viewRotation(camera);
	const turn = expSo3([down * DEGREE, right * DEGREE, roll * DEGREE]);
	return multiply3(multiply3(transpose3(view), turn), view);
}
