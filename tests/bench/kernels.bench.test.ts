import { mean as ssMean, sampleStandardDeviation } from 'simple-statistics';
import { Matrix, solve as mlSolve } from 'ml-matrix';
import { expect, test } from 'vitest';
import { matrix } from '../../src/kernels/core/linear/matrix';
import { solve } from '../../src/kernels/core/linear/solve';
import { logSoftmax } from '../../src/kernels/core/softmax';
import { createStream } from '../../src/kernels/core/stream';
import { standardDeviation } from '../../src/kernels/core/variance';
import { groupAdvantages } from '../../src/kernels/rl/groupAdvantages';
import { sideBySide } from './measure';
import { report } from './report';

const stream = createStream(1);
const numbers = Array.from({ length: 4096 }, () => stream.uniform());

function plainAdvantages(rewards: readonly number[], size: number): number[] {
	const advantages: number[] = [];
	for (let start = 0; start < rewards.length; start += size) {
		let sum = 0;
		for (let i = start; i < start + size; i++) sum += rewards[i];
		const mean = sum / size;
		let squares = 0;
		for (let i = start; i < start + size; i++) squares += (rewards[i] - mean) ** 2;
		const deviation = Math.sqrt(squares / (size - 1)) + 1e-4;
		for (let i = start; i < start + size; i++) advantages.push((rewards[i] - mean) / deviation);
	}
	return advantages;
}

function plainLogSoftmax(logits: readonly number[]): number[] {
	const largest = Math.max(...logits);
	let sum = 0;
	for (const logit of logits) sum += Math.exp(logit - largest);
	const total = largest + Math.log(sum);
	return logits.map((logit) => logit - total);
}

test('kernels against a plain loop and against a library', () => {
	report(
		'groupAdvantages, 4,096 rewards, against a plain loop',
		sideBySide(
			() => groupAdvantages(numbers, { numGenerations: 8 }),
			() => plainAdvantages(numbers, 8)
		)
	);
	report(
		'groupAdvantages, 4,096 rewards, against simple-statistics',
		sideBySide(
			() => groupAdvantages(numbers, { numGenerations: 8 }),
			() => {
				for (let start = 0; start < numbers.length; start += 8) {
					const group = numbers.slice(start, start + 8);
					const [mean, deviation] = [ssMean(group), sampleStandardDeviation(group)];
					group.map((reward) => (reward - mean) / (deviation + 1e-4));
				}
			}
		)
	);
	report(
		'logSoftmax, 4,096 logits, against a plain loop',
		sideBySide(
			() => logSoftmax(numbers),
			() => plainLogSoftmax(numbers)
		)
	);
	report(
		'standardDeviation, 4,096 numbers, against simple-statistics',
		sideBySide(
			() => standardDeviation(numbers, 1),
			() => sampleStandardDeviation(numbers)
		)
	);
	const rows = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => stream.uniform()));
	const right = rows.map(() => 1);
	report(
		'solve, 40 × 40, against ml-matrix',
		sideBySide(
			() => solve(matrix(rows), right),
			() => mlSolve(new Matrix(rows), Matrix.columnVector(right))
		)
	);
	expect(groupAdvantages(numbers, { numGenerations: 8 }).advantages[7]).toBeCloseTo(
		plainAdvantages(numbers, 8)[7],
		12
	);
});
