import { normal } from '../core/normal';
import type { Stream } from '../core/stream';

export const OPTION_COUNT = 4;

export interface ChoiceQuestion {
	/** What the policy sees of each option: the true cue, the false cue, then features without meaning. */
	features: readonly Float64Array[];
	/** Position of the right option. */
	right: number;
	/** Position that the answer key names; wrong for a share of the training questions. */
	key: number;
}

export interface QuestionOptions {
	count: number;
	/** How far the true cue of the right option lies above that of the others, in deviations. */
	signal: number;
	/** Probability that the false cue stands at the right option; else at a random wrong one. */
	shortcut: number;
	/** Share of keys that name a wrong option. */
	keyNoise: number;
	/** Features that mean nothing. */
	nuisance: number;
}

/** Any option but this one, evenly. */
function other(stream: Stream, option: number): number {
	return (option + 1 + stream.int(OPTION_COUNT - 1)) % OPTION_COUNT;
}

/**
 * Multiple-choice questions with a cue that always tells and a cue that need not.
 *
 *     true cue     signal · [option is right] + N(0, 1)
 *     false cue    1 at one option: the right one with probability `shortcut`
 *     the others   N(0, 1), whatever the option
 *
 * With shortcut = 1/4 the false cue says nothing. Our own task; the paper's are questions about sounds.
 * Cost: O(count · features). Throws RangeError for shares outside [0, 1].
 */
export function choiceQuestions(
	{ count, signal, shortcut, keyNoise, nuisance }: QuestionOptions,
	stream: Stream
): ChoiceQuestion[] {
	for (const [name, share] of Object.entries({ shortcut, keyNoise })) {
		if (!(share >= 0 && share <= 1)) {
			throw new RangeError(`choiceQuestions: ${name} must be in [0, 1], got ${share}`);
		}
	}
	return Array.from({ length: count }, () => {
		const right = stream.int(OPTION_COUNT);
		const cued = stream.uniform() < shortcut ? right : other(stream, right);
		const key = stream.uniform() < keyNoise ? other(stream, right) : right;
		const features = Array.from({ length: OPTION_COUNT }, (_, option) => {
			const row = new Float64Array(2 + nuisance);
			row[0] = normal(stream) + (option === right ? signal : 0);
			row[1] = option === cued ? 1 : 0;
			for (let j = 2; j < row.length; j++) row[j] = normal(stream);
			return row;
		});
		return { features, right, key };
	});
}
