import type { Vector3 } from '$kernels/geometry/vector3';
import type { Role } from '$widgets/contract';
import { linePath, round } from './linePath';
import type { Placed } from './project';
import { roles } from './roles';
import { symbolPath } from './symbolPath';

interface ItemBase {
	role?: Role;
}

/**
 * A line through points. One without dash is cut into pieces, so that each lies at its own depth; `whole`
 * keeps a long one together.
 */
export interface SceneLine extends ItemBase {
	kind: 'line';
	points: readonly Vector3[];
	/** Screen pixels; default the role's. */
	dash?: string;
	/** Times the role's width. */
	width?: number;
	whole?: boolean;
	/** Draws a head at the last point. */
	arrow?: boolean;
}

/** A flat piece of surface with its outline. */
export interface SceneFace extends ItemBase {
	kind: 'face';
	points: readonly Vector3[];
	opacity?: number;
}

export interface ScenePoint extends ItemBase {
	kind: 'point';
	at: Vector3;
	/** In user units, at the centre's depth. */
	radius?: number;
	hollow?: boolean;
}

/** Text at a point, always on top. */
export interface SceneLabel extends ItemBase {
	kind: 'label';
	at: Vector3;
	text: string;
	/** Shift in em. */
	dx?: number;
	dy?: number;
}

export type SceneItem = SceneLine | SceneFace | ScenePoint | SceneLabel;

/**
 * What is drawn, far ones first: lines, surfaces and points alike, for a turn of the view brings one of
 * them into the place of another.
 */
export interface ScenePart {
	depth: number;
	d: string;
	fill?: string;
	opacity?: number;
	stroke?: string;
	width?: number;
	dash?: string;
	/** Width of what a line leaves blank in all that lies behind it. */
	gap?: number;
}

/** Screen pixels on both sides of a line together. */
const GAP = 3;

const HEAD = 11;
/** Width of the line around a hollow point. */
const HOLLOW = 1.5;

const path = (places: readonly Placed[]) =>
	linePath(
		places.map(({ x }) => x),
		places.map(({ y }) => y)
	);
const mean = (places: readonly Placed[]) =>
	places.reduce((sum, { depth }) => sum + depth, 0) / places.length;
/** Near lines are up to 1.5 times as wide, far ones half. */
const byDepth = (depth: number) => 1 + 0.5 * Math.max(-1, Math.min(1, depth));

const line = (stroke: string, width: number) => ({ stroke, width, gap: width + GAP });

/** User units over which a piece of a line lies at one depth: its segments, the shortest together. */
const PIECE = 12;

function pieces(places: readonly Placed[]): Placed[][] {
	const cut: Placed[][] = [];
	let from = 0;
	for (let i = 1; i < places.length; i++) {
		const reached = Math.hypot(places[i].x - places[from].x, places[i].y - places[from].y) >= PIECE;
		if (!reached && i < places.length - 1) continue;
		cut.push(places.slice(from, i + 1));
		from = i;
	}
	return cut;
}

/** A closed triangle with its tip at `to`; empty where the line is too short to have a direction. */
function head(from: Placed, to: Placed, size: number): string {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	const length = Math.hypot(dx, dy);
	if (length < 1) return '';
	const [ux, uy] = [(dx / length) * size, (dy / length) * size];
	const corner = (side: number) =>
		`${round(to.x - ux + side * uy)},${round(to.y - uy - side * ux)}`;
	return `M${round(to.x)},${round(to.y)}L${corner(0.45)}L${corner(-0.45)}Z`;
}

/**
 * The strokes, fills and dots of a scene in painter's order: what is nearer comes later and is drawn
 * wider. Labels are left out; they lie on top.
 */
export function sceneParts(
	items: readonly SceneItem[],
	project: (point: Vector3) => Placed
): ScenePart[] {
	const parts: ScenePart[] = [];
	for (const item of items) {
		const style = roles[item.role ?? 'neutral'];
		const color = `var(${style.color})`;
		switch (item.kind) {
			case 'line': {
				const places = item.points.map(project);
				const dash = item.dash ?? style.dash;
				const width = style.width * (item.width ?? 1);
				const stroke = (piece: readonly Placed[]) => {
					const depth = mean(piece);
					const d = path(piece);
					parts.push({ depth, d, dash, ...line(color, round(width * byDepth(depth))) });
				};
				if (dash || item.whole) stroke(places);
				else pieces(places).forEach(stroke);
				const [before, tip] = places.slice(-2);
				const d = item.arrow && tip ? head(before, tip, HEAD * byDepth(tip.depth)) : '';
				if (d) parts.push({ depth: tip.depth, d, fill: color });
				break;
			}
			case 'face': {
				const places = item.points.map(project);
				const d = `${path(places)}Z`;
				const depth = mean(places);
				parts.push(
					{ depth, d, fill: color, opacity: item.opacity ?? 0.15 },
					{ depth, d, ...line(color, round(byDepth(depth))) }
				);
				break;
			}
			case 'point': {
				const { x, y, depth } = project(item.at);
				const radius = round((item.radius ?? 4) * byDepth(depth));
				const d = symbolPath('circle', x, y, radius);
				parts.push(
					item.hollow
						? { depth, d, fill: 'var(--paper)', stroke: color, width: HOLLOW }
						: { depth, d, fill: color }
				);
			}
		}
	}
	return parts.sort((a, b) => a.depth - b.depth);
}

/** The three axes from a centre, each an arrow with its name. */
export function axisItems(
	length: number,
	names: readonly [string, string, string] = ['x', 'y', 'z']
): SceneItem[] {
	return names.flatMap((text, i): SceneItem[] => {
		const to = (reach: number) => [0, 0, 0].with(i, reach) as unknown as Vector3;
		return [
			{ kind: 'line', points: [[0, 0, 0], to(length)], role: 'neutral', width: 0.75, arrow: true },
			{ kind: 'label', at: to(1.12 * length), text }
		];
	});
}
