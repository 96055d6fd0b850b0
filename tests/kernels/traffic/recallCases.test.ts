import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { caseFeatures, drawCase, tryMerge } from '../../../src/kernels/traffic/mergeCase';
import {
	recallCases,
	scaleCases,
	type CaseScaling
} from '../../../src/kernels/traffic/recallCases';

const HARDEST = 4;
const calm = { gapAhead: 55, gapBehind: 55, speed: 22, speedAhead: 22, speedBehind: 22, toEnd: 80 };

test('room on both sides at equal speeds is safe, a fast car 8 m behind is not', () => {
	expect(tryMerge(calm, HARDEST).safe).toBe(true);
	const cutIn = tryMerge({ ...calm, gapBehind: 8, speedBehind: 30 }, HARDEST);
	expect(cutIn.safe).toBe(false);
	expect(cutIn.braking).toBeGreaterThan(HARDEST);
});

test('features are distances and closing speeds', () => {
	const features = caseFeatures(tryMerge({ ...calm, speedAhead: 20, speedBehind: 25 }, HARDEST));
	expect(features).toEqual([55, 55, 2, 3, 80]);
});

test('a stored case recalls itself, in every scaling', () => {
	const stream = createStream(4);
	const stored = Array.from({ length: 30 }, () => drawCase(stream, HARDEST));
	for (const scaling of ['metres', 'kilometres', 'standardised'] as const) {
		const { matches, advice } = recallCases(stored[11], stored, scaleCases(stored, scaling), 1);
		expect(matches[0].position).toBe(11);
		expect(advice).toBe(stored[11].safe);
	}
});

test('over 20 seeds standardised cases advise better than metres, which hardly beat always waiting', () => {
	const right: Record<CaseScaling | 'wait', number> = {
		metres: 0,
		kilometres: 0,
		standardised: 0,
		wait: 0
	};
	for (let seed = 1; seed <= 20; seed++) {
		const stream = createStream(seed);
		const stored = Array.from({ length: 40 }, () => drawCase(stream, HARDEST));
		const queries = Array.from({ length: 60 }, () => drawCase(stream, HARDEST));
		right.wait += queries.filter(({ safe }) => !safe).length / 1200;
		for (const scaling of ['metres', 'kilometres', 'standardised'] as const) {
			const scaled = scaleCases(stored, scaling);
			const hits = queries.filter(
				(query) => recallCases(query, stored, scaled, 5).advice === query.safe
			);
			right[scaling] += hits.length / 1200;
		}
	}
	expect(right.standardised).toBeGreaterThan(right.metres + 0.05);
	expect(right.standardised).toBeGreaterThan(right.kilometres + 0.02);
	expect(right.metres).toBeLessThan(right.wait + 0.07);
});
