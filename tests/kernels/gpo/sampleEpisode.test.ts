import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	checkEpisodeSizes,
	createEpisode,
	defaultEpisodeSizes,
	sampleEpisode
} from '../../../src/kernels/gpo/sampleEpisode';
import { smallSurvey, syntheticOpinions } from '../../../src/kernels/gpo/syntheticOpinions';

const survey = syntheticOpinions(smallSurvey, createStream(1));
const { starts } = survey;

test('whole questions, none twice, with the group’s own shares', () => {
	const episode = createEpisode(survey);
	const order = new Int32Array(24);
	const contexts = new Set<number>();
	for (let draw = 0; draw < 200; draw++) {
		const stream = createStream(draw);
		sampleEpisode(survey, 2, defaultEpisodeSizes, stream, order, episode);
		let row = 0;
		let asked = 0;
		let context = 0;
		for (; row < episode.rows; asked++) {
			if (row < episode.context) context++;
			const question = order[asked];
			for (let source = starts[question]; source < starts[question + 1]; source++, row++) {
				expect(episode.y[row]).toBe(survey.shares[2][source]);
				expect(episode.x[row * 8 + 7]).toBe(survey.x[source * 8 + 7]);
			}
		}
		expect(new Set(order.subarray(0, asked)).size).toBe(asked);
		expect(asked - context).toBe(episode.questions);
		expect(episode.options.subarray(0, episode.questions).reduce((a, b) => a + b)).toBe(
			episode.rows - episode.context
		);
		expect(episode.questions).toBeGreaterThanOrEqual(4);
		expect(episode.questions).toBeLessThanOrEqual(10);
		contexts.add(context);
	}
	// Seven sizes, 200 draws: that one is missing happens once in 10¹².
	expect([...contexts].sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10]);
});

test('every question is drawn as often as the others', () => {
	const episode = createEpisode(survey);
	const order = new Int32Array(24);
	const times = new Float64Array(24);
	const sizes = { minContext: 3, maxContext: 3, minTargets: 3, maxTargets: 3 };
	const stream = createStream(3);
	for (let draw = 0; draw < 2000; draw++) {
		sampleEpisode(survey, 0, sizes, stream, order, episode);
		for (let i = 0; i < 6; i++) times[order[i]]++;
	}
	// Mean 500, standard deviation √(2000·¼·¾) = 19: five of them.
	times.forEach((count) => expect(Math.abs(count - 500)).toBeLessThan(97));
});

test('refuses sizes that do not fit', () => {
	const sizes = defaultEpisodeSizes;
	expect(() => checkEpisodeSizes(sizes, 19)).toThrow('at most 19');
	expect(() => checkEpisodeSizes({ ...sizes, minContext: 0 }, 40)).toThrow('1 ≤ min ≤ max');
	expect(() => checkEpisodeSizes({ ...sizes, maxTargets: 3 }, 40)).toThrow('1 ≤ min ≤ max');
	expect(() => checkEpisodeSizes({ ...sizes, maxContext: 9.5 }, 40)).toThrow('integers');
});
