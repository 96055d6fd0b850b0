import type { Quantity } from '$widgets/contract';

/** How a quantity came about, with the seed or the number of runs where chance was at work. */
export function kindOf(
	{ kind }: Pick<Quantity, 'kind'>,
	runs: number | undefined,
	seed: number
): string {
	if (kind === 'exact' || kind === 'schematic') return kind;
	return runs === undefined ? `${kind}, seed ${seed}` : `${kind}, ${runs} seeds`;
}
