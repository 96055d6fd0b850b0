import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveItem } from '../../src/ui/moveItem';

test('an item goes to its new place and the others keep their order', () => {
	expect(moveItem(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
	expect(moveItem(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
});

test('to a place that is not there nothing moves', () => {
	const list = [1, 2];
	expect(moveItem(list, 0, -1)).toBe(list);
	expect(moveItem(list, 1, 2)).toBe(list);
});

test('a move back undoes a move', () => {
	const move = fc.integer({ min: 0, max: 4 });
	fc.assert(
		fc.property(move, move, (from, to) => {
			const list = [0, 1, 2, 3, 4];
			expect(moveItem(moveItem(list, from, to), to, from)).toEqual(list);
		}),
		{ seed: 1 }
	);
});
