/** The list with one item taken to another place; the list itself where there is no such place. */
export function moveItem<T>(list: readonly T[], from: number, to: number): readonly T[] {
	if (from === to || to < 0 || to >= list.length) return list;
	return list.toSpliced(from, 1).toSpliced(to, 0, list[from]);
}
