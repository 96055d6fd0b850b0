/** As torch.nan_to_num: NaN becomes 0, ±∞ the largest finite number of its sign. */
export function nanToNum(x: number): number {
	if (Number.isNaN(x)) return 0;
	return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}
