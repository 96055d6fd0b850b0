import type { Entries } from './variant';

/** Options that keep an instructor from reaching the figure while setting it up. */
const IN_THE_WAY = [
	'compact',
	'hide',
	'lock',
	'question',
	'ask',
	'choice',
	'correct',
	'because',
	'host'
];

/** A variant's entries with nothing hidden, locked or asked. */
export function freed(entries: Entries): Entries {
	return entries.filter(([name]) => !IN_THE_WAY.includes(name));
}
