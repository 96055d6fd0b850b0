import fc from 'fast-check';
import { createStream } from '../../../src/kernels/core/stream';
import { addition } from '../../../src/kernels/tasks/addition';
import { countdown } from '../../../src/kernels/tasks/countdown';
import { format } from '../../../src/kernels/tasks/format';
import { lookup } from '../../../src/kernels/tasks/lookup';
import { multipleChoice } from '../../../src/kernels/tasks/multipleChoice';
import { sorting } from '../../../src/kernels/tasks/sorting';
import type { Problem, Task } from '../../../src/kernels/tasks/task';

/** Every task with every rule. Each demonstrates right answers. */
export const everyTask: [string, Task][] = [
	['addition', addition()],
	['addition with carries', addition({ form: 'carries' })],
	['addition, lenient', addition({ checker: 'lenient' })],
	['addition with carries, lenient', addition({ form: 'carries', checker: 'lenient' })],
	['sorting', sorting()],
	['sorting, lenient', sorting({ checker: 'lenient' })],
	['countdown', countdown()],
	['countdown to 24', countdown({ target: 24 })],
	['countdown, lenient', countdown({ checker: 'lenient' })],
	['multipleChoice', multipleChoice()],
	['multipleChoice, lenient', multipleChoice({ checker: 'lenient' })],
	['format', format()],
	['format, partial credit', format({ partialCredit: true })],
	['format, lenient', format({ partialCredit: true, formatWeight: 0.3, checker: 'lenient' })],
	['lookup', lookup()],
	['lookup, lenient', lookup({ checker: 'lenient' })]
];

export const problemOf = <P extends Problem>(task: Task<P>, difficulty: number, seed: number): P =>
	task.problem(difficulty, createStream(seed));

/** A problem of any difficulty, and a text near its demonstration, of its tokens or of anything. */
export function attempt(task: Task): fc.Arbitrary<{ problem: Problem; completion: string }> {
	const { min, max } = task.difficulty;
	return fc.tuple(fc.integer({ min, max }), fc.nat(1e6)).chain(([difficulty, seed]) => {
		const problem = problemOf(task, difficulty, seed);
		const demonstration = task.demonstration(problem);
		const token = fc.constantFrom(...task.tokenizer.vocabulary, problem.answer);
		const tokens = task.tokenizer.encode(demonstration).map((id) => task.tokenizer.vocabulary[id]);
		const edited = fc
			.array(fc.tuple(fc.nat(tokens.length), fc.nat(1), token), { maxLength: 2 })
			.map((edits) => {
				const text = [...tokens];
				for (const [at, removed, added] of edits) text.splice(at, removed, added);
				return text.join('');
			});
		const completion = fc.oneof(
			fc.constant(demonstration),
			edited,
			edited,
			fc.array(token, { maxLength: 12 }).map((list) => list.join('')),
			fc.uint16Array({ maxLength: 20 }).map((units) => String.fromCharCode(...units)),
			fc.constantFrom('', demonstration + demonstration, `${demonstration}\n`, ` ${demonstration}`)
		);
		return fc.record({ problem: fc.constant(problem), completion });
	});
}
