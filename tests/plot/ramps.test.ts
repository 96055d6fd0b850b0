import { describe, expect, it } from 'vitest';
import { ramps } from '../../src/plot/ramps';

const shares = Array.from({ length: 101 }, (_, i) => i / 100);

/** Relative luminance of WCAG 2 for `rgb(r g b)`. */
function luminance(color: string): number {
	const [r, g, b] = (color.match(/\d+/g) ?? []).map((channel) => {
		const value = Number(channel) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const oklch = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);

describe('magnitude', () => {
	it('runs from the dark to the light end of viridis', () => {
		expect(ramps.magnitude.color(0)).toBe('rgb(68 1 84)');
		expect(ramps.magnitude.color(1)).toBe('rgb(253 231 37)');
	});

	it('grows lighter all the way, so that it also reads in grey', () => {
		const levels = shares.map((share) => luminance(ramps.magnitude.color(share)));
		expect(levels.every((level, i) => i === 0 || level > levels[i - 1])).toBe(true);
	});

	it('keeps text on it readable', () => {
		for (const share of shares) {
			const level = luminance(ramps.magnitude.color(share));
			const contrast = ramps.magnitude.whiteText(share)
				? 1.05 / (level + 0.05)
				: (level + 0.05) / 0.05;
			expect(contrast).toBeGreaterThan(4);
		}
	});
});

describe('diverging', () => {
	it('is white at the centre and equally dark and colourful at both ends', () => {
		const [blue, white, vermilion] = [0, 0.5, 1].map((share) =>
			oklch(ramps.diverging.color(share))
		);
		expect(white.slice(0, 2)).toEqual([0.985, 0]);
		expect(blue.slice(0, 2)).toEqual(vermilion.slice(0, 2));
		expect(blue[2]).not.toBe(vermilion[2]);
	});

	it('darkens evenly to either side', () => {
		const lightness = (share: number) => oklch(ramps.diverging.color(share))[0];
		for (const share of shares) {
			// Both are written with three digits.
			expect(lightness(share)).toBeCloseTo(lightness(1 - share), 2);
		}
		expect(lightness(0.25)).toBeCloseTo((lightness(0) + lightness(0.5)) / 2, 2);
	});
});

it('holds values beyond its ends', () => {
	for (const ramp of Object.values(ramps)) {
		expect(ramp.color(-3)).toBe(ramp.color(0));
		expect(ramp.color(7)).toBe(ramp.color(1));
	}
});
