import type { Stream } from './stream';

/** The items in random order, each order equally likely (Fisher and Yates). The given list stays as it is. */
export function shuffle<T>(stream: Stream, items: readonly T[]): T[] {
	const order = [...items];
	for (let i = order.length - 1; i > 0; i--) {
		const j = stream.int(i + 1);
		[order[i], order[j]] = [order[j], order[i]];
	}
	return order;
}
