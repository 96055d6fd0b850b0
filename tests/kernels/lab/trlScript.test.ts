import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { algorithms, type Algorithm } from '../../../src/kernels/lab/algorithms';
import { labConfig } from '../../../src/kernels/lab/labConfig';
import { labTasks, type TaskName } from '../../../src/kernels/lab/labTasks';
import { trlScript } from '../../../src/kernels/lab/trlScript';
import names from '../../reference/trlArguments.json';

const known = (config: string) => [
	...names.TrainingArguments,
	...(names as unknown as Record<string, string[]>)[config]
];
const readsAsPython = (script: string) =>
	spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: script })
		.status === 0;
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.each(Object.keys(algorithms) as Algorithm[])('%s', (algorithm) => {
	const script = trlScript(labConfig({ algorithm, beta: 0.04 }));
	test.runIf(hasPython)('is Python', () => expect(readsAsPython(script)).toBe(true));

	const [, config, block] = /args = (\w+)\(\n([^]*?)\n\)/.exec(script)!;

	test('names only arguments that TRL has', () => {
		const given = [...block.matchAll(/^ {4}(\w+)=/gm)].map(([, name]) => name);
		expect(given.length).toBeGreaterThan(6);
		expect(given.filter((name) => !known(config).includes(name))).toEqual([]);
	});

	test('imports what it uses, and gives the trainer what it needs and nothing that it has not', () => {
		const [, trainer] = new RegExp(`^from trl[\\w.]* import ${config}, (\\w+)$`, 'm').exec(script)!;
		const [, call] = new RegExp(`trainer = ${trainer}\\(\\n([^]*?)\\n\\)`).exec(script)!;
		const given = [...call.matchAll(/^ {4}(\w+)=/gm)].map(([, name]) => name);
		const { takes, needs } = names.trainers[trainer as keyof typeof names.trainers];
		expect(takes).toEqual(expect.arrayContaining(given));
		expect(given).toEqual(expect.arrayContaining(needs));
		for (const name of call.matchAll(/\b(AutoModel\w*|AutoTokenizer)\b/g)) {
			expect(script).toMatch(new RegExp(`^from transformers import .*\\b${name[0]}\\b`, 'm'));
		}
	});
});

test('the values are those of the run, under TRL’s names', () => {
	const script = trlScript(
		labConfig({ algorithm: 'gspo', beta: 0.02, numIterations: 4, maxSteps: 50, seed: 3 })
	);
	for (const line of [
		'beta=0.02',
		'num_iterations=4',
		'max_steps=200',
		'seed=3',
		'importance_sampling_level="sequence"',
		'per_device_train_batch_size=256',
		'num_generations=8'
	]) {
		expect(script).toContain(`    ${line},\n`);
	}
});

test('it carries the reward of the task and problems with its columns', () => {
	const script = trlScript(labConfig({ task: 'countdown' }));
	expect(script).toContain('def reward(prompts, completions, answer');
	const [, data] = /r'''\n([^]*?)\n'''/.exec(script)!;
	for (const line of data.split('\n')) expect(JSON.parse(line)).toHaveProperty('prompt');
});

// Without Python on the machine there is nothing to read the scripts with.
test.runIf(hasPython).each(Object.keys(labTasks) as TaskName[])(
	'Python reads the script of %s, and its reward judges the demonstrations as the page does',
	(name) => {
		const task = labTasks[name].create('strict');
		const script = trlScript(labConfig({ task: name }));
		const [before] = script.split('args = ');
		const trial = `${before.replace(/^from (datasets|trl).*$/gm, '')}
import sys
columns = {key: [problem[key] for problem in problems] for key in problems[0]}
prompts = columns.pop("prompt")
print(json.dumps(reward(prompts=prompts, completions=json.loads(sys.stdin.read()), **columns)))
`;
		const problems = /r'''\n([^]*?)\n'''/
			.exec(script)![1]
			.split('\n')
			.map((line) => JSON.parse(line));
		const demonstrations = problems.map((problem) => task.demonstration(problem));
		const { stdout, stderr } = spawnSync('python3', ['-c', trial], {
			input: JSON.stringify(demonstrations),
			encoding: 'utf8'
		});
		expect(stderr).toBe('');
		expect(JSON.parse(stdout)).toEqual(
			problems.map((problem, i) => task.reward(problem, demonstrations[i]).reward)
		);
		expect(readsAsPython(script)).toBe(true);
	}
);
