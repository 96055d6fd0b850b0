import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameAxis, type AxisSpec } from '../../src/plot/axis';
import { layOut } from '../../src/plot/layout';

const linear = (domain: [number, number]): AxisSpec => ({ label: 'quantity', domain });
/** Digits of the widest usual system font (DejaVu Sans) in em. */
const DIGIT = 0.64;

describe('layOut', () => {
	it('keeps labels apart and within the drawing at the largest text', () => {
		const end = fc.double({ min: -1e7, max: 1e7, noNaN: true });
		const size = fc.constantFrom([640, 380] as const, [320, 230] as const);
		const scale = fc.constantFrom('linear' as const, 'log' as const, 'band' as const);
		fc.assert(
			fc.property(end, end, size, scale, (low, high, [width, height], kind) => {
				const x: AxisSpec = { label: 'x', domain: [low, high], scale: kind };
				const laid = layOut(x, linear([low, high]), width, height);
				const labels = laid.xTicks.filter((tick) => tick.label);
				const rooms = labels
					.map(({ place, label }) => {
						const half = (label.length * DIGIT * laid.textSize) / 2;
						return [place - half, place + half];
					})
					.sort((a, b) => a[0] - b[0]);
				expect(rooms.every(([from], i) => i === 0 || from > rooms[i - 1][1])).toBe(true);

				const places = laid.yTicks
					.filter((tick) => tick.label)
					.map((tick) => tick.place)
					.sort((a, b) => a - b);
				expect(
					places.every((place, i) => i === 0 || place - places[i - 1] > 1.2 * laid.textSize)
				).toBe(true);
				const longest = Math.max(...laid.yTicks.map((tick) => tick.label.length));
				// Superscripts and points are narrower than digits: the estimate need not hold them all.
				expect(laid.left).toBeGreaterThan(0.8 * longest * DIGIT * laid.textSize);
			}),
			{ seed: 1, numRuns: 1000 }
		);
	});

	it('shows enough ticks of the usual axes', () => {
		const x = (domain: [number, number]) =>
			layOut(linear(domain), linear([0, 1]), 640, 380).xTicks.map((tick) => tick.label);
		expect(x([0, 60])).toEqual(['0', '10', '20', '30', '40', '50', '60']);
		expect(x([0, 1])).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
		expect(x([0, 1000])).toEqual(['0', '200', '400', '600', '800', '1,000']);
	});

	it('leaves a wide enough plot in every size', () => {
		for (const [width, height] of [
			[640, 380],
			[320, 230],
			[640, 240]
		]) {
			const laid = layOut(linear([0, 1]), linear([-100000, 100000]), width, height);
			expect(laid.right - laid.left).toBeGreaterThan(0.6 * width);
			expect(laid.bottom - laid.top).toBeGreaterThan(0.55 * height);
		}
	});

	it('gives back the room of a missing y title, and takes the room asked for at the right', () => {
		const titled = layOut(linear([0, 1]), linear([0, 1]), 640, 380);
		const bare = layOut(linear([0, 1]), { label: '', domain: [0, 1] }, 640, 380, 120);
		expect(bare.top).toBeLessThan(titled.top);
		expect(bare.right).toBe(520);
	});

	it('names every category, in as many rows as the names need', () => {
		const categories = ['MATH-500', 'AIME 2024', 'GSM8K', 'OlympiadBench', 'Minerva'];
		const laid = layOut({ label: 'x', scale: 'band', categories }, linear([0, 1]), 640, 380);
		expect(laid.xTicks.map((tick) => tick.label)).toEqual(categories);
		expect(laid.xRows).toEqual({ narrow: 2, wide: 1 });
		const short = layOut(
			{ label: 'x', scale: 'band', categories: ['a', 'b'] },
			linear([0, 1]),
			640,
			380
		);
		expect(short.xRows).toEqual({ narrow: 1, wide: 1 });
		expect(short.bottom).toBeGreaterThan(laid.bottom);
	});
});

describe('axes of which sameAxis says that they are laid out alike', () => {
	const axis: fc.Arbitrary<AxisSpec> = fc.record({
		label: fc.constantFrom('', 'reward', 'reward of the group'),
		unit: fc.constantFrom(undefined, '%'),
		scale: fc.constantFrom('linear' as const, 'log' as const),
		domain: fc.constantFrom([1, 10] as const, [1, 100] as const),
		nice: fc.constantFrom(undefined, true),
		ticks: fc.constantFrom(undefined, 3)
	});
	it('are, whatever their words; and one that is laid out otherwise is never among them', () => {
		const drawn = (x: AxisSpec, y: AxisSpec) => {
			const laid = layOut(x, y, 640, 380);
			return JSON.stringify({ ...laid, x: laid.x(7), y: laid.y(7) });
		};
		fc.assert(
			fc.property(axis, axis, axis, (a, b, other) => {
				if (!sameAxis(a, b)) return;
				expect(drawn(a, other)).toBe(drawn(b, other));
				expect(drawn(other, a)).toBe(drawn(other, b));
			}),
			{ seed: 5, numRuns: 3000 }
		);
		expect(sameAxis({ label: 'a', domain: [0, 1] }, { label: 'b', domain: [0, 1] })).toBe(true);
		expect(sameAxis({ label: 'a', domain: [0, 1] }, { label: '', domain: [0, 1] })).toBe(false);
	});
});
