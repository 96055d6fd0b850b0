const MINUTE = 60;
/** From here on minutes say it better. */
const LONG = 90;

/** Seconds in words that a reader can wait by: "about 8 s", "about 2 min". */
export function duration(seconds: number): string {
	if (seconds < LONG) return `about ${Math.max(1, Math.round(seconds))} s`;
	return `about ${Math.round(seconds / MINUTE)} min`;
}
