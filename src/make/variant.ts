import {
	readOptions,
	splitOptions,
	writeOptions,
	DEFAULT_OPTIONS,
	type EmbedOptions
} from '$embed/options';
import { decodeState, encodeState, startState, type FigureState } from '$player/figureState';
import type { Result, Schema, Spec } from '$widgets/contract';

/** A figure as an instructor has settled it: the state it starts in, and what is seen, set and asked. */
export interface Variant {
	state: FigureState;
	options: EmbedOptions;
}

/** Names and texts, as in an address. */
export type Entries = readonly (readonly [string, string])[];

type AnySpec = Spec<Schema, Result>;

export function plainVariant(spec: AnySpec): Variant {
	return { state: startState(spec), options: DEFAULT_OPTIONS };
}

/** The variant that the entries of an address ask for; what does not fit is left at its default and told. */
export function readVariant(
	spec: AnySpec,
	entries: Entries
): { variant: Variant; notices: string[] } {
	const { options, notices } = readOptions(spec, entries);
	const { state, notices: more } = decodeState(spec, splitOptions(entries).settings);
	return { variant: { state, options }, notices: [...more, ...notices] };
}

/** The inverse of `readVariant`: what the address of the figure's own page says to show this variant. */
export function writeVariant(spec: AnySpec, { state, options }: Variant): Entries {
	return [...Object.entries(encodeState(spec, state)), ...writeOptions(options)];
}
