import type { FigureState } from './figureState';
import { encodeState, sameState } from './figureState';
import type { Result, Schema, Spec } from '$widgets/contract';

/** Settings that every figure has beside its parameters. */
export const COMMON = ['v', 'preset', 'seed', 'band', 'compare'];

/** All that an address may say of a figure's state. */
export function settingNames({ params }: Pick<Spec<Schema, Result>, 'params'>): string[] {
	const names = Object.keys(params);
	return [...COMMON, ...names, ...names.map((name) => `b.${name}`)];
}

/**
 * Where a figure's state stands in an address: on a page with several figures each setting carries
 * the figure's id ("cobweb.beta=2"), on a page of its own it stands alone ("beta=2").
 */
export function readSettings(search: string, prefix: string): Record<string, string> {
	const settings: Record<string, string> = {};
	for (const [key, text] of new URLSearchParams(search)) {
		if (key.startsWith(prefix)) settings[key.slice(prefix.length)] = text;
	}
	return settings;
}

/** The address with this figure's settings in place of its old ones; at the start state it has none. */
export function writeSettings(
	address: URL,
	prefix: string,
	spec: Spec<Schema, Result>,
	state: FigureState,
	start: FigureState
): URL {
	const url = new URL(address);
	for (const name of settingNames(spec)) {
		url.searchParams.delete(prefix + name);
	}
	if (!sameState(state, start)) {
		for (const [name, text] of Object.entries(encodeState(spec, state))) {
			url.searchParams.set(prefix + name, text);
		}
	}
	return url;
}
