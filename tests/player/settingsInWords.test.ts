import { expect, test } from 'vitest';
import { settingsInWords } from '$player/settingsInWords';
import type { Schema } from '$widgets/contract';

const params: Schema = {
	beta: { type: 'range', label: 'Weight of the KL', min: 0, max: 1, step: 0.01, default: 0.04 },
	steps: { type: 'stepper', label: 'Steps', min: 1, max: 9, step: 1, default: 3, unit: 'epochs' },
	loss: { type: 'choice', label: 'Loss', options: { grpo: 'GRPO', dapo: 'DAPO' }, default: 'grpo' },
	scale: { type: 'switch', label: 'Divide', default: true },
	order: { type: 'ranking', label: 'Order', items: ['a', 'b', 'c'], default: [2, 0, 1] },
	words: { type: 'text', label: 'Text', default: 'one\n two', maxLength: 200, lines: 3 },
	rewards: {
		type: 'vector',
		label: 'Rewards',
		item: 'reward',
		default: [-0.1 - 0.2, 1],
		min: -1,
		max: 1,
		step: 0.1,
		minLength: 1,
		maxLength: 20
	},
	cities: {
		type: 'points',
		label: 'Cities',
		item: 'city',
		default: [0, 0, 1, 1],
		min: 0,
		max: 1,
		step: 0.1,
		minLength: 1,
		maxLength: 20
	}
};

const values = Object.fromEntries(
	Object.entries(params).map(([name, param]) => [name, param.default])
);
const state = { values, seed: 7, band: false };

test('every kind of setting is said in words', () => {
	expect(settingsInWords({ params, random: true }, state, 20)).toBe(
		'Weight of the KL: 0.04; Steps: 3 epochs; Loss: GRPO; Divide: on; Order: c, a, b; ' +
			'Text: “one two”; Rewards: −0.3, 1; Cities: 2 in all; Seed: 7.'
	);
});

test('a figure without chance has no seed, a band has its seeds', () => {
	const { beta } = params;
	expect(settingsInWords({ params: { beta } }, state, 20)).toBe('Weight of the KL: 0.04.');
	expect(settingsInWords({ params: { beta }, random: true }, { ...state, band: true }, 20)).toBe(
		'Weight of the KL: 0.04; 20 seeds from 7.'
	);
});

test('of B, only what differs is said', () => {
	const { beta, loss } = params;
	const spec = { params: { beta, loss } };
	const b = (changed: object) =>
		settingsInWords(spec, { ...state, other: { ...values, ...changed } }, 20);
	expect(b({ loss: 'dapo' })).toBe('A: Weight of the KL: 0.04; Loss: GRPO. B: Loss: DAPO.');
	expect(b({})).toBe('A: Weight of the KL: 0.04; Loss: GRPO. B: the same.');
});

test('long lists and texts are cut', () => {
	const { rewards, words } = params;
	const long = { rewards: Array.from({ length: 20 }, (_, i) => i / 20), words: 'x'.repeat(200) };
	const said = settingsInWords({ params: { rewards, words } }, { ...state, values: long }, 20);
	expect(said).toContain('0.55 and 8 more');
	expect(said.length).toBeLessThan(200);
});
