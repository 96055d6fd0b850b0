import type { Result, Schema, Spec } from '$widgets/contract';
import { readSettings, writeSettings } from './address';
import { startState, type FigureState } from './figureState';
import type { Place } from './wakeFigure';

/**
 * Keeps a figure's state in the address of the page. `prefix` is what its settings start with, and
 * empty on a page of its own; links then need no anchor.
 */
export function inAddress(
	spec: Spec<Schema, Result>,
	id: string,
	prefix: string,
	preset?: string
): Place {
	const drawn = startState(spec, preset);
	const at = (state: FigureState, alone = false) => {
		const page = new URL(location.href);
		if (alone) page.search = '';
		return writeSettings(page, prefix, spec, state, drawn);
	};
	return {
		settings: readSettings(location.search, prefix),
		keep(state) {
			const url = at(state);
			if (url.href !== location.href) history.replaceState(history.state, '', url);
		},
		linkTo(state, alone) {
			const url = at(state, alone);
			if (prefix) url.hash = id;
			return url.href;
		}
	};
}
