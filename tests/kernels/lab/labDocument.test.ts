import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labConfig } from '../../../src/kernels/lab/labConfig';
import { readLabDocument, writeLabDocument } from '../../../src/kernels/lab/labDocument';
import { emptyRecord } from '../../../src/kernels/lab/stepRecord';

const document = {
	plan: {
		config: labConfig({ algorithm: 'rloo', seed: 7, beta: 0.01 }),
		changes: [{ phase: 'rl' as const, step: 20, settings: { beta: 0.1 } }]
	},
	records: [
		{ ...emptyRecord('sft', 1), loss: 2.3 },
		{ ...emptyRecord('rl', 1), reward: 0.25, passAt1: 0.5 }
	]
};

test('a run comes back from its document, also what was not measured', () => {
	expect(readLabDocument(writeLabDocument(document))).toEqual(document);
});

const changed = (change: (raw: Record<string, never>) => unknown) =>
	JSON.stringify(change(JSON.parse(writeLabDocument(document))));

test.each([
	['no JSON', '{', /not JSON/],
	['something else', '[1, 2]', /not a run of the Lab/],
	['a later version', changed((raw) => ({ ...raw, version: 2 })), /version must be 1, got 2/],
	['no plan', changed((raw) => ({ ...raw, plan: null })), /plan must be an object/],
	['no records', changed((raw) => ({ ...raw, records: {} })), /records must be a list/],
	[
		'text for a number',
		changed((raw) => ({ ...raw, plan: { config: { beta: '<b>' } } })),
		/config.beta must be a number/
	],
	[
		'a number out of range',
		changed((raw) => ({ ...raw, plan: { config: { beta: -1 } } })),
		/beta must be a number from 0/
	],
	[
		'a change without a step',
		changed((raw) => ({ ...raw, plan: { config: {}, changes: [{ phase: 'rl' }] } })),
		/changes\[0\] must have a phase and a step/
	],
	['a record that is none', changed((raw) => ({ ...raw, records: [3] })), /records\[0\]/]
])('%s is refused with a sentence', (_, text, message) => {
	expect(() => readLabDocument(text)).toThrow(message);
});

test('unknown settings are left out, and nothing of every object gets in', () => {
	const text = changed((raw) => ({
		...raw,
		plan: { config: JSON.parse('{"__proto__": {"polluted": 1}, "magic": 2, "seed": 9}') }
	}));
	const { plan } = readLabDocument(text);
	expect(plan.config).toEqual(labConfig({ seed: 9 }));
	expect('polluted' in {}).toBe(false);
});

test('no text whatever does anything but come back or throw a RangeError', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			try {
				readLabDocument(text);
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
		}),
		{ seed: 1, numRuns: 300 }
	);
});
