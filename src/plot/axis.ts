interface AxisBase {
	/** The quantity's name: "iteration". */
	label: string;
	unit?: string;
	/** At most this many labelled ticks. Fewer are drawn where they would not fit on a phone. */
	ticks?: number;
	/** Writes a tick. Default: as few digits as tell the ticks apart. */
	format?: (value: number) => string;
}

interface NumberAxis extends AxisBase {
	scale?: 'linear' | 'log';
	/** [left, right] or [bottom, top]. The log scale needs both above 0. */
	domain: readonly [number, number];
	/** Widens the domain to round numbers. */
	nice?: boolean;
	categories?: undefined;
}

/**
 * One place for each whole number of the domain, or for each category, which then stand at 0, 1, 2, …
 * On a y axis the first place is at the top, as in a table.
 */
interface BandAxis extends AxisBase {
	scale: 'band';
	domain?: readonly [number, number];
	categories?: readonly string[];
	nice?: boolean;
}

export type AxisSpec = NumberAxis | BandAxis;

/** "reward (points)" */
export function axisTitle({ label, unit }: AxisSpec): string {
	return unit ? `${label} (${unit})` : label;
}

const sameList = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined) =>
	a === b || (a?.length === b?.length && a!.every((item, i) => item === b![i]));

/** True where both axes are laid out alike: whether there is a title counts, not its words. */
export function sameAxis(a: AxisSpec, b: AxisSpec): boolean {
	return (
		a.scale === b.scale &&
		a.nice === b.nice &&
		a.ticks === b.ticks &&
		a.format === b.format &&
		(axisTitle(a) === '') === (axisTitle(b) === '') &&
		sameList(a.domain, b.domain) &&
		sameList<string>(a.categories, b.categories)
	);
}
