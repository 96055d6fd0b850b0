import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { estimateAdvantages } from '../../../src/kernels/lab/estimateAdvantages';
import { labConfig } from '../../../src/kernels/lab/labConfig';
import { labModel } from '../../../src/kernels/lab/labState';
import { completionRows, flatten, packBatch } from '../../../src/kernels/lab/packBatch';
import { rollOut, type Rollout } from '../../../src/kernels/lab/rollOut';
import { bestAndWorst } from '../../../src/kernels/lab/updateByPairs';
import { demonstrate } from '../../../src/kernels/lab/sftStep';
import { labTasks } from '../../../src/kernels/lab/labTasks';
import { createDecoder } from '../../../src/kernels/lm/createDecoder';
import { createModel } from '../../../src/kernels/lm/createModel';
import { toolMask } from '../../../src/kernels/tasks/toolMask';

test('a completion’s first token is the target of its prompt’s last position', () => {
	const packed = packBatch(
		[
			{ promptIds: [1, 7], ids: [8, 9, 2], mask: [1, 0, 1] },
			{ promptIds: [1], ids: [5], mask: [1] }
		],
		3,
		6
	);
	expect([...packed.tokens]).toEqual([1, 7, 8, 9, 2, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
	expect([...packed.targets.slice(0, 6)]).toEqual([-1, 8, 9, 2, -1, -1]);
	expect([...packed.mask.slice(0, 6)]).toEqual([0, 1, 0, 1, 0, 0]);
	const rows = [[0.1, 0.2, 0.3], [0.4]];
	const sequences = [{ ids: [8, 9, 2] }, { ids: [5] }];
	expect(completionRows(packed, sequences, flatten(packed, rows))).toEqual(rows);
	expect(() => packBatch([{ promptIds: [1], ids: [1, 2], mask: [1, 1] }], 1, 2)).toThrow(
		RangeError
	);
});

const rollout = (reward: number, mask: number[]): Rollout =>
	({ mask, verdict: { reward, parts: {}, reason: '' } }) as unknown as Rollout;
const rollouts = [rollout(1, [1, 1]), rollout(0, [1, 0, 1]), rollout(0, [1]), rollout(1, [1])];
const rows = (of: number) => rollouts.map(({ mask }) => mask.map(() => of));
const scored = { rollouts, logProbs: rows(-1), refLogProbs: rows(-1.5), values: rows(0) };
const settings = { numGenerations: 2, scaleRewards: 'none', beta: 0, gamma: 1, lam: 1 } as const;

test('advantages by hand: the groups are (1, 0) and (0, 1)', () => {
	const of = (estimator: Parameters<typeof estimateAdvantages>[0]['estimator'], beta = 0) =>
		estimateAdvantages({ estimator, klIn: 'reward' }, { ...settings, beta }, scored);
	expect(of('group').advantages).toEqual([[0.5, 0.5], [-0.5, 0, -0.5], [-0.5], [0.5]]);
	expect(of('rloo').advantages).toEqual([[1, 1], [-1, 0, -1], [-1], [1]]);
	expect(of('reward').advantages.map((row) => row[0])).toEqual([1, 0, 0, 1]);
	// β = 1 takes half a nat from every token that the model wrote.
	expect(of('reward', 1).advantages.map((row) => row[0])).toEqual([0, -1, -0.5, 0.5]);
	const best = of('best');
	expect(best.mask).toEqual([[1, 1], [0, 0, 0], [0], [1]]);
	expect(best.advantages[0]).toEqual([1, 1]);
	const critic = of('gae');
	expect(critic.returns!.map((row) => row[0])).toEqual([1, 0, 0, 1]);
});

test('pairs are made where a group differs, the first best against the first worst', () => {
	expect(bestAndWorst([0, 1, 1, 0, 0, 0, 0.5, 0.2], 4)).toEqual([
		{ chosen: 1, rejected: 0 },
		{ chosen: 6, rejected: 4 }
	]);
	expect(bestAndWorst([1, 1], 2)).toEqual([]);
});

test('with a tool, what the tool says follows its call and is masked, as a replay says', () => {
	const config = labConfig({ task: 'lookup', modelSize: 'tiny' });
	const task = labTasks.lookup.create('strict');
	const model = createModel(labModel(config), createStream(3));
	const stream = createStream(5);
	const problems = Array.from({ length: 40 }, (_, i) => task.problem(2, stream.split(i)));
	const decoder = createDecoder(labModel(config), problems.length);
	const completions = rollOut(
		model,
		task,
		problems,
		{ temperature: 1, decoder },
		problems.map((_, i) => stream.split(`row ${i}`))
	);
	const called = completions.filter(({ mask }) => mask.includes(0));
	expect(called.length).toBeGreaterThan(0);
	for (const { problem, text, mask, ids, logProbs, finishReason } of completions) {
		const own = finishReason === 'stop' ? mask.slice(0, -1) : mask;
		expect(own).toEqual(toolMask(task, problem, text));
		expect(ids.length).toBeLessThanOrEqual(task.maxCompletionLength);
		mask.forEach((kept, t) => expect(logProbs[t] < 0).toBe(kept === 1));
	}
});

test('demonstrations end with <eos>, and a tool’s words in them are not learnt', () => {
	for (const { create } of Object.values(labTasks)) {
		const task = create('strict');
		const shown = Array.from({ length: 20 }, (_, i) =>
			demonstrate(task, task.problem(task.difficulty.default, createStream(i)))
		);
		for (const { ids, mask } of shown) {
			expect(ids.at(-1)).toBe(task.tokenizer.eosTokenId);
			expect(mask).toHaveLength(ids.length);
		}
		expect(shown.some(({ mask }) => mask.includes(0))).toBe(task.respond !== undefined);
	}
});
