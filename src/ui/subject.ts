import type { Param } from '$widgets/contract';

/** What a sentence calls a parameter: its symbol where that is plain ("β"), else its name. */
export function subject({ symbol, label }: Param): string {
	return symbol && !/[_^]/.test(symbol) ? symbol : label;
}
