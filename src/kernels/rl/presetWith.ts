/**
 * A preset with the options that were given laid over it. An option that is undefined counts as not
 * given.
 */
export function presetWith<Settings extends object>(
	preset: Readonly<Settings>,
	given: Readonly<Partial<Settings>>
): Settings {
	const set = Object.entries(given).filter(([, value]) => value !== undefined);
	return { ...preset, ...Object.fromEntries(set) };
}
