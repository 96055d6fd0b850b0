import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FROM_FIGURE, readMessage, TO_FIGURE, writeMessage, type ToFigure } from '$embed/messages';

test('a message comes through as it was sent, without what does not belong to it', () => {
	const sent = { type: 'set-state', id: 3, state: { beta: '2' } } as const;
	expect(readMessage({ ...writeMessage(sent), extra: 'x' }, TO_FIGURE)).toEqual(sent);
	const answer = { type: 'answer', question: 'sign', given: 'up' } as const;
	expect(readMessage(writeMessage(answer), FROM_FIGURE)).toEqual(answer);
});

test.each([
	['another version', { rollout: 2, type: 'reset', id: 1 }],
	['no version', { type: 'reset', id: 1 }],
	['a type of every object', { rollout: 1, type: 'constructor', id: 1 }],
	['a type for the other side', { rollout: 1, type: 'ready', widget: 'x', title: 'y', state: {} }],
	['a field too few', { rollout: 1, type: 'set-state', id: 1 }],
	['a list for a record', { rollout: 1, type: 'set-state', id: 1, state: ['beta'] }],
	['a number for a text', { rollout: 1, type: 'set-state', id: 1, state: { beta: 2 } }],
	['no number', { rollout: 1, type: 'reset', id: NaN }],
	['a text without end', { rollout: 1, type: 'set-theme', id: 1, theme: 'x'.repeat(30_000) }],
	['nothing', undefined],
	[
		'a field that throws',
		{
			rollout: 1,
			type: 'reset',
			get id() {
				throw new Error('no');
			}
		}
	]
])('%s is no message', (_, data) => {
	expect(readMessage(data, TO_FIGURE)).toBeUndefined();
});

test('ten thousand values that are no messages are none, and none throws', () => {
	const nearly = fc.record(
		{
			rollout: fc.oneof(fc.constant(1), fc.anything()),
			type: fc.oneof(fc.constantFrom(...Object.keys(TO_FIGURE)), fc.anything()),
			id: fc.oneof(fc.integer(), fc.anything()),
			state: fc.anything(),
			theme: fc.anything()
		},
		{ requiredKeys: [] }
	);
	fc.assert(
		fc.property(fc.oneof(fc.anything({ withBigInt: true, withMap: true }), nearly), (data) => {
			const message = readMessage(data, TO_FIGURE);
			if (message === undefined) return;
			const { rollout, type } = data as { rollout: number; type: keyof ToFigure };
			expect([rollout, message.type]).toEqual([1, type]);
			for (const key of Object.keys(message)) {
				expect(['type', ...Object.keys(TO_FIGURE[type])]).toContain(key);
			}
		}),
		{ seed: 8, numRuns: 10_000 }
	);
});
