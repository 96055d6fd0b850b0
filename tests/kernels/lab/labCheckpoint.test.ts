import { describe, expect, test } from 'vitest';
import { readLabCheckpoint, writeLabCheckpoint } from '../../../src/kernels/lab/labCheckpoint';
import { labConfig } from '../../../src/kernels/lab/labConfig';
import { copyState, labModel, startState, withChange } from '../../../src/kernels/lab/labState';
import { trainLab } from '../../../src/kernels/lab/trainLab';
import { parameterLayout } from '../../../src/kernels/lm/modelConfig';
import { readSafetensors, writeSafetensors } from '../../../src/kernels/lm/safetensors';

const config = labConfig({
	difficulty: 2,
	modelSize: 'tiny',
	sftSteps: 4,
	sftBatchSize: 8,
	maxSteps: 6,
	promptsPerStep: 4,
	numGenerations: 4,
	evalSteps: 3,
	evalProblems: 4,
	evalGenerations: 2
});

function run(state: ReturnType<typeof startState>, steps = Infinity) {
	const training = trainLab(state);
	for (let taken = 0; taken < steps && !training.next().done; taken++);
	return state;
}

test.each([2, 7])('a run that goes on from the file of its step %i is the same run', (steps) => {
	const before = run(startState(config), steps);
	const half = run(withChange(before, { beta: 0.1, learningRate: 0.002 }), 1);
	const bytes = writeLabCheckpoint(half);
	const whole = run(copyState(half));
	const again = run(readLabCheckpoint(bytes));
	expect(again.policy).toEqual(whole.policy);
	expect(again.records).toEqual(whole.records);
	expect(again.plan).toEqual(whole.plan);
	expect(again.config.beta).toBe(0.1);
});

test('other programs find the policy’s weights under their plain names', () => {
	const state = run(startState(config), 6);
	const { tensors } = readSafetensors(writeLabCheckpoint(state));
	for (const [name, { offset, shape }] of Object.entries(parameterLayout(labModel(config)))) {
		expect(tensors.get(name)!.shape).toEqual(shape);
		expect(tensors.get(name)!.data[0]).toBe(state.policy[offset]);
	}
});

describe('a file that is none is refused with a word', () => {
	const good = readSafetensors(writeLabCheckpoint(run(startState(config), 6)));
	const written = ({ tensors = good.tensors, metadata = {} as Record<string, string> }) =>
		writeSafetensors(tensors, { ...good.metadata, ...metadata });
	const without = (name: string) => new Map([...good.tensors].filter(([own]) => own !== name));

	test.each<[string, Uint8Array, RegExp]>([
		['no safetensors', new TextEncoder().encode('{"format": 1}'), /readSafetensors/],
		['weights alone', writeSafetensors(good.tensors), /no run of the Lab/],
		['another phase', written({ metadata: { phase: 'later' } }), /no run of the Lab/],
		['a step that is no count', written({ metadata: { step: '-1' } }), /step must be a count/],
		['a document that is none', written({ metadata: { run: '{}' } }), /not a run of the Lab/],
		['a tensor short', written({ tensors: without('model.norm.weight') }), /model\.norm\.weight/],
		[
			'another model',
			written({ metadata: { run: good.metadata.run.replace('"tiny"', '"small"') } }),
			/must have/
		]
	])('%s', (_, bytes, words) => {
		expect(() => readLabCheckpoint(bytes)).toThrow(RangeError);
		expect(() => readLabCheckpoint(bytes)).toThrow(words);
	});
});
