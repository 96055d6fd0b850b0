import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/kernels/lm/createEngine';
import { rotaryTable } from '../../../src/kernels/lm/rotary';
import reference from '../../reference/rotaryNorm.json';
import { engines } from './engines';

const section = (name: string) => reference.sections.find((one) => one.name === name)!;
const number = (x: number | string) => Number(x);

/** The references are float64; three roundings to float32 of numbers of size 3 stay below 1e−6. */
const TOLERANCE = 1e-6;

describe.each(engines)('%s', (name) => {
	for (const { name: title, inputs, outputs } of section('rope_hf_rotate_half').cases) {
		test(`transformers’ apply_rotary_pos_emb: ${title}`, () => {
			const { 'x (batch,seq,head,dim)': x, positions } = inputs as unknown as {
				'x (batch,seq,head,dim)': number[][][][];
				positions: number[];
			};
			const [rows] = x;
			const headWidth = rows[0][0].length;
			const engine = createEngine(1024, name);
			const table = 512;
			engine.floats.set(rows.flat(2));
			engine.floats.set(rotaryTable(positions.length, headWidth, 10000), table);
			engine.ints.set(positions, 256);
			engine.rotary(0, headWidth, 256, table, rows.length, 1, headWidth, 1);
			const [want] = (outputs as unknown as { out: number[][][][] }).out;
			want.flat(2).forEach((value, i) => {
				expect(Math.abs(engine.floats[i] - value)).toBeLessThan(TOLERANCE);
			});
			engine.rotary(0, headWidth, 256, table, rows.length, 1, headWidth, -1);
			rows.flat(2).forEach((value, i) => {
				expect(Math.abs(engine.floats[i] - value)).toBeLessThan(TOLERANCE);
			});
		});
	}

	for (const { name: title, inputs, outputs } of section('rmsnorm_llama').cases) {
		test(`Llama’s RMSNorm: ${title}`, () => {
			const { x, w, eps } = inputs as unknown as {
				x: (number | string)[][];
				w: number[];
				eps: number;
			};
			const engine = createEngine(256, name);
			const [weight, y, inverse] = [64, 128, 192];
			engine.floats.set(x.flat().map(number));
			engine.floats.set(w, weight);
			engine.rmsNorm(0, weight, y, inverse, x.length, w.length, eps);
			(outputs as unknown as (number | string)[][])
				.flat()
				.map(number)
				.forEach((value, i) => {
					if (Number.isNaN(value)) expect(engine.floats[y + i]).toBeNaN();
					else expect(Math.abs(engine.floats[y + i] - value)).toBeLessThan(TOLERANCE);
				});
		});
	}
});

test('a query and a key meet at an angle that depends on their distance only', () => {
	const engine = createEngine(1024, 'typescript');
	engine.floats.set(rotaryTable(20, 8, 10000), 512);
	const product = (i: number, j: number) => {
		for (let k = 0; k < 8; k++) {
			engine.floats[k] = Math.sin(k + 1);
			engine.floats[8 + k] = Math.cos(2 * k);
		}
		engine.ints.set([i, j], 256);
		engine.rotary(0, 8, 256, 512, 2, 1, 8, 1);
		let sum = 0;
		for (let k = 0; k < 8; k++) sum += engine.floats[k] * engine.floats[8 + k];
		return sum;
	};
	for (const distance of [0, 1, 7]) {
		for (const i of [1, 5, 12]) {
			expect(product(i + distance, i)).toBeCloseTo(product(distance, 0), 5);
		}
	}
	expect(product(3, 0)).not.toBeCloseTo(product(4, 0), 2);
});
