export interface MemoryPlan {
	/** Finds room for `count` numbers, a multiple of 8 from the start; gives the first one's index. */
	take(count: number): number;
	/** Numbers needed in all, with the 8 behind the last operand that engines read past. */
	size(): number;
}

/** Where tensors stand in an engine's memory, one behind the other, settled before it is made. */
export function memoryPlan(): MemoryPlan {
	let next = 0;
	return {
		take(count) {
			const at = next;
			next += (count + 7) & ~7;
			return at;
		},
		size: () => next + 8
	};
}
