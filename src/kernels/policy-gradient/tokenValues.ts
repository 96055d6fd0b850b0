import type { Stream } from '../core/stream';
import type { TokenTask } from './tokenTask';

/**
 * The value of every state, values[t][state]: the probability that an answer which stands there before
 * token t ends right, if each further token is right with probability `rate`. Row T is the reward.
 *
 *     V_T(s) = r(s),   V_t(s) = rate · V_{t+1}(s after a right token) + (1 − rate) · V_{t+1}(s after a wrong one)
 *
 * Cost: O(T · states). Throws RangeError for a rate outside (0, 1).
 * Worked value: task 'all' of 3 tokens, rate 0.5: V_0 = 0.125.
 */
export function tokenValues(task: TokenTask, rate: number): Float64Array[] {
	checkRate('tokenValues', rate);
	const values = Array.from({ length: task.length + 1 }, () => new Float64Array(task.states));
	values[task.length].forEach((_, state, row) => (row[state] = task.reward(state)));
	for (let t = task.length - 1; t >= 0; t--) {
		for (let state = 0; state < task.states; state++) {
			const after = (right: boolean) => {
				const next = task.next(state, right, t);
				// A state that no answer reaches here may lead out of the table.
				return next < task.states ? values[t + 1][next] : 0;
			};
			values[t][state] = rate * after(true) + (1 - rate) * after(false);
		}
	}
	return values;
}

/**
 * The same table learned from sampled answers: in each state the mean reward of the answers that came
 * through it. A state that none came through gets the mean reward of all. Row T is the reward, which is
 * known. It tends to tokenValues as answers grow.
 *
 * This is what a value network is trained towards with λ = 1, on a table instead of a network.
 * Cost: O(answers · T). Throws RangeError for a rate outside (0, 1) and answers that are not a whole
 * number ≥ 1.
 * Worked value: one answer that is right makes every value before the end 1.
 */
export function learnTokenValues(
	task: TokenTask,
	rate: number,
	answers: number,
	stream: Stream
): Float64Array[] {
	checkRate('learnTokenValues', rate);
	if (!Number.isInteger(answers) || answers < 1) {
		throw new RangeError(`learnTokenValues: answers must be a whole number ≥ 1, got ${answers}`);
	}
	const table = () => Array.from({ length: task.length }, () => new Float64Array(task.states));
	const sums = table();
	const counts = table();
	const visited = new Int32Array(task.length);
	let total = 0;
	for (let i = 0; i < answers; i++) {
		let state = 0;
		for (let t = 0; t < task.length; t++) {
			visited[t] = state;
			state = task.next(state, stream.uniform() < rate, t);
		}
		const reward = task.reward(state);
		total += reward;
		for (let t = 0; t < task.length; t++) {
			sums[t][visited[t]] += reward;
			counts[t][visited[t]]++;
		}
	}
	return [
		...sums.map((row, t) =>
			row.map((sum, state) => (counts[t][state] > 0 ? sum / counts[t][state] : total / answers))
		),
		Float64Array.from({ length: task.states }, (_, state) => task.reward(state))
	];
}

function checkRate(name: string, rate: number): void {
	if (!(rate > 0 && rate < 1)) {
		throw new RangeError(`${name}: rate must be in (0, 1), got ${rate}`);
	}
}
