/** Ten evenly spaced colours of viridis (S. van der Walt and N. Smith, public domain): sRGB, dark to light. */
const VIRIDIS = [
	[68, 1, 84],
	[72, 40, 120],
	[62, 74, 137],
	[49, 104, 142],
	[38, 130, 142],
	[31, 158, 137],
	[53, 183, 121],
	[110, 206, 88],
	[181, 222, 43],
	[253, 231, 37]
] as const;

const BLUE = 258;
const VERMILION = 38;
const END_LIGHTNESS = 0.52;
const END_CHROMA = 0.17;
const CENTRE_LIGHTNESS = 0.985;

export type RampName = 'magnitude' | 'diverging';

interface Ramp {
	/** CSS colour for a share from 0 to 1. */
	color(share: number): string;
	/** Whether text on that colour is white. */
	whiteText(share: number): boolean;
}

const within = (share: number) => Math.max(0, Math.min(1, share));

/** The colours of heat maps: the same in light and dark, since they carry numbers. */
export const ramps: Readonly<Record<RampName, Ramp>> = {
	/** Viridis: small is dark violet, large is yellow. */
	magnitude: {
		color(share) {
			const place = within(share) * (VIRIDIS.length - 1);
			const i = Math.min(VIRIDIS.length - 2, Math.floor(place));
			const mixed = VIRIDIS[i].map((from, channel) =>
				Math.round(from + (VIRIDIS[i + 1][channel] - from) * (place - i))
			);
			return `rgb(${mixed.join(' ')})`;
		},
		whiteText: (share) => share < 0.47
	},
	/** 0 is blue, 0.5 white, 1 vermilion; lightness falls evenly to both ends. */
	diverging: {
		color(share) {
			const distance = Math.abs(2 * within(share) - 1);
			const lightness = CENTRE_LIGHTNESS + (END_LIGHTNESS - CENTRE_LIGHTNESS) * distance;
			const hue = share < 0.5 ? BLUE : VERMILION;
			return `oklch(${lightness.toFixed(3)} ${(END_CHROMA * distance).toFixed(3)} ${hue})`;
		},
		whiteText: (share) => Math.abs(2 * share - 1) > 0.7
	}
};
