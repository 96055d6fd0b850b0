/** A span of time as ISO 8601 writes it, to the hundredth of a second: "PT1H2M3.45S". */
export function isoDuration(milliseconds: number): string {
	const hundredths = Math.max(0, Math.round(milliseconds / 10));
	const hours = Math.floor(hundredths / 360_000);
	const minutes = Math.floor(hundredths / 6000) % 60;
	const seconds = (hundredths % 6000) / 100;
	return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds}S`;
}
