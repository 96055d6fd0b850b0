import { formatExact } from '$ui/numberFormat';
import type { Param, Result, Schema, Spec, Value, Values } from '$widgets/contract';
import type { FigureState } from './figureState';
import { sameValue } from './values';

/** Items of a list and characters of a text that are written out; the state's address holds all. */
const ITEMS = 12;
const CHARACTERS = 60;

function list(items: readonly string[]): string {
	const more = items.length - ITEMS;
	return items.slice(0, ITEMS).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function valueInWords(value: Value, param: Param): string {
	switch (param.type) {
		case 'range':
		case 'stepper':
			return formatExact(value as number) + (param.unit ? ` ${param.unit}` : '');
		case 'choice':
			return param.options[value as string];
		case 'switch':
			return value ? 'on' : 'off';
		case 'vector':
			return list((value as readonly number[]).map(formatExact));
		case 'ranking':
			return list((value as readonly number[]).map((place) => param.items[place]));
		case 'points':
			return `${(value as readonly number[]).length / 2} in all`;
		case 'text': {
			const text = (value as string).replace(/\s+/g, ' ');
			return `“${text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text}”`;
		}
	}
}

/** All settings of a figure in one line, for paper, where no control shows them. */
export function settingsInWords(
	{ params, random }: Pick<Spec<Schema, Result>, 'params' | 'random'>,
	{ values, other, seed, band }: FigureState,
	bandSeeds: number
): string {
	const words = (of: Values<Schema>, names: readonly string[]) =>
		names.map((name) => `${params[name].label}: ${valueInWords(of[name] as Value, params[name])}`);
	const names = Object.keys(params);
	const all = words(values, names);
	if (random) all.push(band ? `${bandSeeds} seeds from ${seed}` : `Seed: ${seed}`);
	if (!other) return `${all.join('; ')}.`;
	const changed = names.filter((name) => !sameValue(values[name] as Value, other[name] as Value));
	const inB = changed.length > 0 ? words(other, changed).join('; ') : 'the same';
	return `A: ${all.join('; ')}. B: ${inB}.`;
}
