export interface StageTimes {
	/** One micro-batch forward through a stage, F. */
	forward: number;
	/** All of its backward, B, of which weightBackward is a part. */
	backward: number;
	/** The gradient with respect to the weights, W. */
	weightBackward: number;
}

export type Schedule = '1f1b' | 'zb1p' | 'dualpipe';

/**
 * Time that each device of a pipeline of PP stages waits in one training step.
 *
 *     1F1B (PP − 1)(F + B)     ZB1P (PP − 1)(F + B − 2W)     DualPipe (PP/2 − 1)(F&B + B − 3W)
 *
 * F&B is a forward and a backward of two micro-batches run together, F + B where nothing overlaps. From
 * the table in deepseek-ai/DualPipe's README. DualPipe feeds micro-batches from both ends and so keeps
 * the parameters twice.
 *
 * Cost: O(1). Throws RangeError for stages that are not a whole number from 2 up (even for DualPipe),
 * times that are negative or not finite, and W above B.
 * Worked value: PP 8, F 1, B 2, W 1: 21, 7 and, with F&B 3, 6.
 */
export function bubbleTime(
	schedule: Schedule,
	stages: number,
	times: StageTimes,
	overlapped = times.forward + times.backward
): number {
	checkPipeline('bubbleTime', stages, times);
	const { forward: f, backward: b, weightBackward: w } = times;
	if (schedule === '1f1b') return (stages - 1) * (f + b);
	if (schedule === 'zb1p') return (stages - 1) * (f + b - 2 * w);
	if (stages % 2 === 1) {
		throw new RangeError(`bubbleTime: stages must be even for DualPipe, got ${stages}`);
	}
	return (stages / 2 - 1) * (overlapped + b - 3 * w);
}

export function checkPipeline(name: string, stages: number, times: StageTimes): void {
	if (!(Number.isInteger(stages) && stages >= 2)) {
		throw new RangeError(`${name}: stages must be a whole number from 2 up, got ${stages}`);
	}
	for (const [part, time] of Object.entries(times)) {
		if (!(time >= 0 && time < Infinity)) {
			throw new RangeError(`${name}: ${part} must be finite and ≥ 0, got ${time}`);
		}
	}
	if (times.weightBackward > times.backward) {
		throw new RangeError(
			`${name}: weightBackward must be at most ${times.backward}, got ${times.weightBackward}`
		);
	}
}
