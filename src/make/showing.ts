import type { EmbedOptions } from '$embed/options';
import { LOCKABLE, PARTS, type Part } from '$player/framing';
import type { Result, Schema, Spec } from '$widgets/contract';

export const SHOWINGS = ['shown', 'locked', 'hidden'] as const;

/** How students meet a control or a part of a figure. */
export type Showing = (typeof SHOWINGS)[number];

type Params = Pick<Spec<Schema, Result>, 'params'>;

/** One row of the table: a control or a part, and what can be done with it. */
export interface Row {
	name: string;
	label: string;
	allowed: readonly Showing[];
}

/** The controls of a figure. What is set in the drawing itself cannot be hidden. */
export function controlRows({ params }: Params): Row[] {
	return Object.entries(params).map(([name, { label, inDrawing }]) => ({
		name,
		label: inDrawing ? `${label} (in the drawing)` : label,
		allowed: inDrawing ? ['shown', 'locked'] : SHOWINGS
	}));
}

/** The parts of a figure beside its controls. */
export function partRows({ random }: Pick<Spec<Schema, Result>, 'random'>): Row[] {
	return (Object.entries(PARTS) as [Part, string][])
		.filter(([name]) => name !== 'controls' && (name !== 'seed' || random))
		.map(([name, label]) => ({
			name,
			label: label[0].toUpperCase() + label.slice(1),
			allowed: LOCKABLE.includes(name) ? SHOWINGS : ['shown', 'hidden']
		}));
}

type Settled = Pick<EmbedOptions, 'hide' | 'lock'>;

const names = ({ params }: Params, list: readonly string[]) =>
	list.includes('controls') ? [...list, ...Object.keys(params)] : list;

export function showingOf(spec: Params, { hide, lock }: Settled, name: string): Showing {
	if (names(spec, hide).includes(name)) return 'hidden';
	return names(spec, lock).includes(name) ? 'locked' : 'shown';
}

/** The options with some controls or parts shown in another way. Where all controls are alike, one word says it. */
export function withShowing(
	spec: Params,
	{ hide, lock }: Settled,
	changed: readonly string[],
	showing: Showing
): Settled {
	const params = Object.keys(spec.params);
	function list(before: readonly string[], takes: boolean): string[] {
		const rest = names(spec, before).filter((name) => !changed.includes(name));
		const all = new Set(takes ? [...rest, ...changed] : rest);
		all.delete('controls');
		if (!params.every((name) => all.has(name))) return [...all];
		return ['controls', ...[...all].filter((name) => !params.includes(name))];
	}
	return { hide: list(hide, showing === 'hidden'), lock: list(lock, showing === 'locked') };
}
