import type { Schema, Spec, Values } from '$widgets/contract';
import { checkValue, decodeValue, defaultValues, encodeValue, sameValue } from './values';

/** All that decides what a figure shows. It fits in a URL and can be undone. */
export interface FigureState<S extends Schema = Schema> {
	values: Values<S>;
	seed: number;
	/** True where the figure folds many seeds into a band. */
	band: boolean;
	/** The values of B in a comparison of A against B, which share the seed. */
	other?: Values<S>;
}

type AnySpec = Pick<Spec, 'params' | 'presets' | 'version' | 'migrate' | 'random'>;

export const DEFAULT_SEED = 1;
export const MAX_SEED = 0xffffffff;

/** How many settings of a hostile address are named in a notice before the rest are summed up. */
const NAMED = 3;

/** The state in which a figure starts: the defaults, changed by a preset where one is named. */
export function startState(spec: AnySpec, preset?: string): FigureState {
	const chosen = preset === undefined ? undefined : spec.presets[preset];
	return {
		values: applyValues(spec.params, defaultValues(spec.params), chosen?.values ?? {}),
		seed: chosen?.seed ?? DEFAULT_SEED,
		band: false
	};
}

export function sameState(a: FigureState, b: FigureState): boolean {
	const sameValues = (left: Values<Schema>, right: Values<Schema>) =>
		Object.keys(left).every((name) => sameValue(left[name], right[name]));
	return (
		a.seed === b.seed &&
		a.band === b.band &&
		(a.other && b.other ? sameValues(a.other, b.other) : a.other === b.other) &&
		sameValues(a.values, b.values)
	);
}

/** The settings that tell a state from the spec's defaults, ready for a URL. */
export function encodeState(spec: AnySpec, state: FigureState): Record<string, string> {
	const settings: Record<string, string> = { v: String(spec.version) };
	const write = (prefix: string, values: Values<Schema>) => {
		for (const [name, param] of Object.entries(spec.params)) {
			if (!sameValue(values[name], param.default)) {
				settings[prefix + name] = encodeValue(values[name]);
			}
		}
	};
	write('', state.values);
	if (state.seed !== DEFAULT_SEED) settings.seed = String(state.seed);
	if (state.band) settings.band = 'true';
	if (state.other) {
		settings.compare = 'true';
		write('b.', state.other);
	}
	return settings;
}

function decodeSeed(text: string): number | undefined {
	const seed = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
	return seed <= MAX_SEED ? seed : undefined;
}

/**
 * Reads a state from the settings of a URL. What is unknown, out of range or of the wrong type is
 * left at its default, and a notice says so in plain text.
 */
export function decodeState(
	spec: AnySpec,
	settings: Readonly<Record<string, string>>
): { state: FigureState; notices: string[] } {
	const ignored: string[] = [];
	let raw: Record<string, string> = { ...settings };
	const version = raw.v === undefined ? spec.version : Number(raw.v);
	if (!Number.isInteger(version) || version < 1 || version > spec.version) {
		ignored.push(`version “${shorten(raw.v)}” is not known here`);
	} else if (version < spec.version && spec.migrate) {
		raw = spec.migrate(raw, version);
	}

	const preset = raw.preset;
	const known = preset === undefined || Object.hasOwn(spec.presets, preset);
	if (!known) ignored.push(`there is no preset “${shorten(preset)}”`);
	const state = startState(spec, known ? preset : undefined);
	const values: Record<string, unknown> = { ...state.values };
	const other: Record<string, unknown> = { ...state.values };

	for (const [name, text] of Object.entries(raw)) {
		if (name === 'v' || name === 'preset') continue;
		if (name === 'seed') {
			const seed = decodeSeed(text);
			if (seed === undefined) ignored.push('the seed must be a whole number from 0 to 4294967295');
			else state.seed = seed;
		} else if (name === 'band') {
			state.band = text === 'true' && spec.random === true;
		} else if (name === 'compare') {
			if (text === 'true') state.other = other as Values<Schema>;
		} else {
			const forOther = name.startsWith('b.');
			const key = forOther ? name.slice(2) : name;
			if (!Object.hasOwn(spec.params, key)) {
				ignored.push(`there is no setting “${shorten(name)}”`);
				continue;
			}
			const checked = decodeValue(text, spec.params[key]);
			if ('value' in checked) (forOther ? other : values)[key] = checked.value;
			else {
				const kept = encodeValue(values[key] as number);
				ignored.push(
					`${spec.params[key].label} must be ${checked.expected}; kept at ${shorten(kept)}`
				);
			}
		}
	}
	const given = Object.fromEntries(Object.keys(raw).map((name) => [name, true]));
	state.values = matchLengths(spec.params, values as Values<Schema>, given as never);
	if (state.other) state.other = matchLengths(spec.params, other as Values<Schema>, {});
	return { state, notices: summarise(ignored) };
}

function shorten(text: string): string {
	return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function summarise(ignored: string[]): string[] {
	const named = ignored.slice(0, NAMED).map((notice) => `In the address, ${notice}.`);
	const rest = ignored.length - named.length;
	return rest > 0 ? [...named, `${rest} more settings in the address were ignored.`] : named;
}

/** Applies proposed values, keeping the old one wherever the new one does not fit its parameter. */
export function applyValues<S extends Schema>(
	schema: S,
	values: Values<S>,
	changed: Partial<Values<S>>
): Values<S> {
	const accepted = Object.entries(changed).filter(
		([name, value]) => Object.hasOwn(schema, name) && 'value' in checkValue(value, schema[name])
	);
	return matchLengths(schema, { ...values, ...Object.fromEntries(accepted) }, changed);
}

/**
 * Brings each list and the parameter that holds its length together: a new length cuts the list or
 * fills it with zeros (or the least value allowed), a new list sets the length.
 */
function matchLengths<S extends Schema>(
	schema: S,
	values: Values<S>,
	changed: Partial<Values<S>>
): Values<S> {
	const matched: Record<string, unknown> = { ...values };
	const lists = Object.entries(schema).flatMap(([name, param]) =>
		param.type === 'vector' && param.length !== undefined
			? [{ name, param, length: param.length }]
			: []
	);
	for (const { name, length } of lists) {
		if (name in changed) matched[length] = (values[name] as readonly number[]).length;
	}
	for (const { name, param, length } of lists) {
		const list = values[name] as readonly number[];
		const filling = Math.max(param.min, Math.min(0, param.max));
		matched[name] = Array.from({ length: matched[length] as number }, (_, i) => list[i] ?? filling);
	}
	return matched as Values<S>;
}
