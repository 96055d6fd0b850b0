/** From a position of the text to the one behind the last. */
export type Span = readonly [number, number];

/** Where a rule reward looks, for a drawing that marks it. */
export interface Located {
	/** All that the rule reads; what stands outside can be anything. */
	read: Span;
	/** What it takes for the answer, or null. */
	found: Span | null;
}
