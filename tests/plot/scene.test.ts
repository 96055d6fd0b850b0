// @vitest-environment node
import fc from 'fast-check';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { apply3, identity3, multiply3, transpose3 } from '../../src/kernels/geometry/matrix3';
import { move, type Pose } from '../../src/kernels/geometry/pose';
import type { Vector3 } from '../../src/kernels/geometry/vector3';
import { bodyItems } from '../../src/plot/bodyItems';
import { orbit, projector, pulledTurn, viewRotation } from '../../src/plot/project';
import Scene from '../../src/plot/Scene.svelte';
import { axisItems, sceneParts, type SceneItem } from '../../src/plot/sceneParts';

const size = { width: 400, height: 300 };
const ball = { centre: [0, 0, 0] as Vector3, radius: 2 };
const near = (x: number) => expect.closeTo(x, 9);
const angle = fc.double({ min: -180, max: 180, noNaN: true });
const cameras = fc.record({
	azimuth: angle,
	elevation: fc.double({ min: -85, max: 85, noNaN: true })
});

describe('the projection', () => {
	it('looks along −x from azimuth and elevation 0: y to the right, z up, x towards the eye', () => {
		const project = projector({ azimuth: 0, elevation: 0 }, ball, size);
		expect(project([0, 0, 0])).toEqual({ x: 200, y: 150, depth: 0 });
		const [y, z, x] = [project([0, 1, 0]), project([0, 0, 1]), project([1, 0, 0])];
		expect(y.x).toBeGreaterThan(200);
		expect(y.y).toBe(150);
		expect(z.y).toBeLessThan(150);
		expect(z.x).toBe(200);
		expect(x.depth).toBe(0.5);
	});

	it('draws what is near larger', () => {
		const project = projector({ azimuth: 0, elevation: 0 }, ball, size);
		const gap = (x: number) => project([x, 1, 0]).x - project([x, -1, 0]).x;
		expect(gap(1)).toBeGreaterThan(gap(0));
		expect(gap(0)).toBeGreaterThan(gap(-1));
	});

	it('keeps the ball within the drawing, from everywhere', () => {
		const directions = fc.tuple(angle, angle).map(([a, b]): Vector3 => {
			const [u, v] = [a / 57.3, b / 57.3];
			return [2 * Math.cos(u) * Math.cos(v), 2 * Math.sin(u) * Math.cos(v), 2 * Math.sin(v)];
		});
		fc.assert(
			fc.property(cameras, directions, (camera, point) => {
				const { x, y } = projector(camera, ball, size)(point);
				expect(Math.hypot(x - 200, y - 150)).toBeLessThan(150.001);
			}),
			{ seed: 1, numRuns: 500 }
		);
	});

	it('has a view that is a rotation, and an orbit that goes round and not over the top', () => {
		fc.assert(
			fc.property(cameras, angle, angle, (camera, right, down) => {
				const view = viewRotation(camera);
				expect([...multiply3(view, transpose3(view))]).toEqual(identity3.map(near));
				const next = orbit(camera, right, down);
				expect(Math.abs(next.azimuth)).toBeLessThanOrEqual(180);
				expect(Math.abs(next.elevation)).toBeLessThanOrEqual(85);
			}),
			{ seed: 2, numRuns: 200 }
		);
	});

	it('turns a body as its front is pulled', () => {
		fc.assert(
			fc.property(cameras, (camera) => {
				const [right, up, toEye] = [0, 1, 2].map((row): Vector3 => {
					const view = viewRotation(camera);
					return [view[3 * row], view[3 * row + 1], view[3 * row + 2]];
				});
				// A quarter turn to the right takes the front to the right, one down takes it down.
				expect(apply3(pulledTurn(camera, 90, 0), toEye)).toEqual(right.map(near));
				expect(apply3(pulledTurn(camera, 0, 90), toEye)).toEqual(up.map((x) => near(-x)));
				expect(apply3(pulledTurn(camera, 0, 0, 90), right)).toEqual(up.map(near));
			}),
			{ seed: 3, numRuns: 100 }
		);
	});
});

describe('the parts of a scene', () => {
	const project = projector({ azimuth: 0, elevation: 0 }, ball, size);
	const line = (x: number): SceneItem => ({
		kind: 'line',
		points: [
			[x, -1, 0],
			[x, 1, 0]
		],
		role: 'a'
	});

	it('come from far to near, and grow wider', () => {
		const parts = sceneParts([line(1), line(-1), line(0)], project);
		expect(parts.map(({ depth }) => depth)).toEqual([-0.5, 0, 0.5]);
		const widths = parts.map(({ width }) => width!);
		expect(widths[0]).toBeLessThan(widths[1]);
		expect(widths[1]).toBeLessThan(widths[2]);
	});

	it('are one a segment that can be told apart where a line is solid, and one in all where it is dashed or whole', () => {
		const points: Vector3[] = [
			[0, 0, 0],
			[0, 0.01, 0],
			[0, 1, 0],
			[0, 1, 1]
		];
		expect(sceneParts([{ kind: 'line', points, role: 'a' }], project)).toHaveLength(2);
		expect(sceneParts([{ kind: 'line', points, role: 'b' }], project)).toHaveLength(1);
		const whole = { kind: 'line' as const, points, role: 'a' as const, whole: true };
		expect(sceneParts([whole], project)).toHaveLength(1);
	});

	it('have heads for arrows, and none for an arrow without length', () => {
		expect(sceneParts(axisItems(1), project)).toHaveLength(5); // x points at the eye
		const nowhere: SceneItem = {
			kind: 'line',
			points: [
				[0, 0, 0],
				[0, 0, 0]
			],
			arrow: true
		};
		expect(sceneParts([nowhere], project)).toHaveLength(1);
	});
});

describe('a scene', () => {
	const items: SceneItem[] = [
		...axisItems(1),
		{ kind: 'point', at: [0, 1, 0], role: 'b', hollow: true },
		{
			kind: 'face',
			points: [
				[0, 0, 0],
				[1, 0, 0],
				[0, 1, 0]
			],
			role: 'a'
		}
	];

	it('is one image with a name, and its axes have theirs', () => {
		const { body } = render(Scene, { props: { items, label: 'A body', radius: 2 } });
		expect(body).toMatch(/<svg[^>]*role="img"[^>]*aria-label="A body"/);
		for (const axis of ['x', 'y', 'z']) expect(body).toContain(`>${axis}</text>`);
		expect(body.match(/<button/g)).toHaveLength(1);
		expect(body).not.toMatch(/NaN|undefined/);
	});

	it('offers to turn the body only where there is one to turn', () => {
		const turn = { label: 'Turn the body', angles: [0, 0, 0], onchange() {} };
		const { body } = render(Scene, { props: { items, label: 'A body', radius: 2, turn } });
		expect(body.match(/<button/g)).toHaveLength(2);
		expect(body).toContain('aria-label="Turn the body. Arrow keys turn');
	});
});

describe('a body', () => {
	it('moves with its pose, corner by corner', () => {
		const still = bodyItems({ rotation: identity3, position: [0, 0, 0] }, { role: 'a' });
		const pose: Pose = {
			rotation: pulledTurn({ azimuth: 0, elevation: 0 }, 90, 0),
			position: [1, 2, 3]
		};
		const moved = bodyItems(pose, { role: 'a' });
		const corners = (items: readonly SceneItem[]) =>
			items.flatMap((item) => ('points' in item ? item.points : []));
		corners(still).forEach((corner, i) => {
			expect(corners(moved)[i]).toEqual(move(pose, corner).map(near));
		});
	});

	it('looks different from every side: no half turn maps it to itself', () => {
		const lines = (rotation: readonly number[]) =>
			bodyItems({ rotation, position: [0, 0, 0] }, { role: 'a' })
				.filter(({ kind }) => kind !== 'label')
				.map((item) =>
					'points' in item ? item.points.flat().map((x) => Math.round(1e6 * x)) : []
				);
		for (const half of [
			[1, 0, 0, 0, -1, 0, 0, 0, -1],
			[-1, 0, 0, 0, 1, 0, 0, 0, -1],
			[-1, 0, 0, 0, -1, 0, 0, 0, 1]
		]) {
			const marks = (all: number[][]) => all.slice(-2).map((points) => points.toSorted().join());
			expect(marks(lines(half))).not.toEqual(marks(lines(identity3)));
		}
	});
});
