import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labTasks, type TaskName } from '../../../src/kernels/lab/labTasks';
import { pythonRewards } from '../../../src/kernels/lab/pythonRewards';
import type { Problem } from '../../../src/kernels/tasks/task';
import { attempt } from '../tasks/everyTask';

const CHECKERS = ['strict', 'lenient'] as const;
const rules = (Object.keys(labTasks) as TaskName[]).flatMap((name) =>
	CHECKERS.map((checker) => [name, checker] as const)
);

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Runs a reward function as TRL does: every column of the data set is a list. */
function runPython(code: string, cases: { problem: Problem; completion: string }[]): number[] {
	const columns = Object.fromEntries(
		Object.keys(cases[0].problem)
			.filter((name) => name !== 'prompt')
			.map((name) => [name, cases.map(({ problem }) => problem[name as keyof Problem])])
	);
	const input = JSON.stringify({
		prompts: cases.map(({ problem }) => problem.prompt),
		completions: cases.map(({ completion }) => completion),
		...columns
	});
	const program = `${code}\nimport json, sys\nprint(json.dumps(reward(**json.load(sys.stdin))))`;
	const { stdout, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
	if (!stdout) throw new Error(stderr);
	return JSON.parse(stdout);
}

describe.skipIf(!hasPython)('the rule in Python (needs python3)', () => {
	test.each(rules)('%s, %s', (name, checker) => {
		const task = labTasks[name].create(checker);
		const cases = fc.sample(attempt(task), { seed: 1, numRuns: 500 });
		const here = cases.map(({ problem, completion }) => task.reward(problem, completion).reward);
		expect(runPython(pythonRewards[name][checker], cases)).toEqual(here);
		// The cases are worth the comparison: right and wrong ones.
		expect(here.filter((reward) => reward === 1).length).toBeGreaterThan(50);
		expect(here.filter((reward) => reward < 1).length).toBeGreaterThan(50);
	});
});
