/** One walk over every widget folder: a new widget is tested by existing. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { OPTION_HELP } from '$embed/options';
import { COMMON } from '$player/address';
import { execute, foldSeeds, runAt, steps } from '$player/execute';
import { applyValues, decodeState, encodeState, sameState, startState } from '$player/figureState';
import { PARTS } from '$player/framing';
import Player from '$player/Player.svelte';
import { checkValue } from '$player/values';
import type { Param, Result, Schema, Spec } from '$widgets/contract';

const specs = import.meta.glob<Spec<Schema, Result>>('/src/widgets/*/spec.ts', {
	import: 'spec',
	eager: true
});
const views = import.meta.glob<Component<never>>('/src/widgets/*/View.svelte', {
	import: 'default',
	eager: true
});

/** Random values that fit a schema, kept small where a value is the size of the work. */
function arbitraryValue(param: Param): fc.Arbitrary<unknown> {
	switch (param.type) {
		case 'range':
			if (param.whole) return fc.integer({ min: param.min, max: param.max });
			return fc.double({ min: param.min, max: param.max, noNaN: true }).map((x) => x || 0);
		case 'stepper':
			return fc.integer({ min: param.min, max: param.max });
		case 'choice':
			return fc.constantFrom(...Object.keys(param.options));
		case 'switch':
			return fc.boolean();
		case 'vector':
			return fc.array(
				fc.double({ min: param.min, max: param.max, noNaN: true }).map((x) => x || 0),
				{ minLength: param.minLength, maxLength: param.maxLength }
			);
		case 'text':
			return fc.string({ maxLength: param.maxLength }).filter((text) => !/\p{Cc}/u.test(text));
		case 'ranking':
			return fc.shuffledSubarray([...param.default], { minLength: param.items.length });
		case 'points':
			return fc
				.array(
					fc.tuple(
						fc.integer({ min: Math.ceil(param.min), max: Math.floor(param.max) }),
						fc.integer({ min: Math.ceil(param.min), max: Math.floor(param.max) })
					),
					{ minLength: param.minLength, maxLength: param.maxLength }
				)
				.map((points) => points.flat());
	}
}

function draw(spec: Spec<Schema, Result>, View: Component<never>, result: Result): string {
	const start = startState(spec);
	const numbers = [spec.numbers(result, start.values)];
	const links = { embed: 'embed/', code: 'code/' };
	return render(Player, {
		props: { spec, View, id: 'f', start, links, drawn: { result, numbers, values: start.values } }
	}).body;
}

describe.each(Object.entries(specs))('%s', (path, spec) => {
	const folder = path.split('/').at(-2)!;
	const View = views[path.replace('spec.ts', 'View.svelte')];
	const start = startState(spec);
	const at = runAt(spec);
	const result = at();
	const params = Object.entries(spec.params);

	test('is named as its folder, asks a question, and has a View', () => {
		expect(spec.name).toBe(folder);
		expect(spec.title).toMatch(/\?$/);
		expect(View).toBeTypeOf('function');
	});

	test('its defaults and presets fit its schema, and each preset changes what is seen', () => {
		for (const [name, param] of params) {
			expect(checkValue(param.default, param), name).toHaveProperty('value');
			if (param.type === 'range' && param.scale === 'log') expect(param.min).toBeGreaterThan(0);
		}
		for (const preset of Object.values(spec.presets)) {
			expect(preset.reason).toMatch(/[.?]$/);
			for (const [name, value] of Object.entries(preset.values)) {
				expect(checkValue(value, spec.params[name]), name).toHaveProperty('value');
			}
		}
		expect(Object.values(spec.presets).some(({ limit }) => limit)).toBe(true);
	});

	test('its parameters bear no name that means something else in its address or as an attribute', () => {
		const taken = [
			...['name', 'id', 'class', 'style', 'title', 'lang'],
			...COMMON,
			...Object.keys(OPTION_HELP),
			...Object.keys(PARTS)
		];
		const plain = params.map(([name]) => name.toLowerCase());
		expect(plain.filter((name) => taken.includes(name))).toEqual([]);
		expect(new Set(plain).size).toBe(plain.length);
	});

	test('one to five controls are in view', () => {
		const inPanel = params.filter(([, { inDrawing }]) => !inDrawing);
		const inView = inPanel.filter(([, { more }]) => !more).length;
		expect(inView).toBeGreaterThanOrEqual(inPanel.length > 0 ? 1 : 0);
		expect(inView).toBeLessThanOrEqual(5);
	});

	test('the same seed gives the same result, whether it is drained or stepped', () => {
		expect([...steps(spec, start.values, start.seed)].at(-1)).toEqual(result);
	});

	test('it is random exactly if it says so', () => {
		const other = at({}, start.seed + 1);
		if (spec.random) expect(other).not.toEqual(result);
		else expect(other).toEqual(result);
	});

	test('its result crosses to a worker and back', () => {
		expect(structuredClone(result)).toEqual(result);
	});

	test('every series and number is declared, with its kind and a test that exists', () => {
		const shown = [
			...Object.keys(result.series ?? {}),
			...Object.keys(spec.numbers(result, start.values))
		];
		expect(shown.length).toBeGreaterThan(0);
		for (const key of shown) expect(spec.quantities, key).toHaveProperty([key]);
		for (const [key, { evidence }] of Object.entries(spec.quantities)) {
			expect(existsSync(evidence.test), `${key}: ${evidence.test}`).toBe(true);
			expect(evidence.against.length).toBeGreaterThan(3);
		}
		for (const [key, { x, y }] of Object.entries(result.series ?? {})) {
			expect(y, key).toHaveLength(x.length);
		}
	});

	test('its kernels exist and are kernels', () => {
		expect(spec.source.length).toBeGreaterThan(0);
		for (const file of spec.source) {
			expect(file).toMatch(/^kernels\//);
			expect(existsSync(`src/${file}`), file).toBe(true);
		}
	});

	test('it describes and tabulates what it shows', () => {
		const sentences = spec.describe(result, start.values);
		expect(sentences.length).toBeGreaterThan(0);
		for (const sentence of sentences) {
			expect(sentence).toMatch(/[.?]$/);
			expect(sentence).not.toMatch(/NaN|undefined|Infinity|\[object/);
		}
		const { columns, rows } = spec.table(result, start.values);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) expect(row).toHaveLength(columns.length);
	});

	test('its words follow the data', () => {
		const words = Object.keys(spec.presets).map((name) => {
			const { values, seed } = startState(spec, name);
			return spec.describe(at(values, seed), values).join(' ');
		});
		words.push(spec.describe(result, start.values).join(' '));
		expect(new Set(words).size).toBeGreaterThan(1);
	});

	test('its questions have one right answer, computed, and feedback for the others', () => {
		expect(Object.keys(spec.questions).length).toBeGreaterThan(0);
		for (const [name, question] of Object.entries(spec.questions)) {
			const answer = question.answer(at);
			expect(question.explain(at), name).toMatch(/[.?]$/);
			expect(question.explain(at), name).not.toMatch(/NaN|undefined/);
			if (question.type === 'choice') {
				expect(question.options.length).toBeGreaterThan(1);
				expect(question.options[answer], `${name}: answer ${answer}`).toBeDefined();
				for (const { feedback } of question.options) expect(feedback.length).toBeGreaterThan(10);
			} else {
				expect(answer).toBeGreaterThanOrEqual(question.min);
				expect(answer).toBeLessThanOrEqual(question.max);
			}
		}
	});

	test.runIf(spec.playback)('each of its moments can be drawn and said', () => {
		const { length, says, still } = spec.playback!;
		const count = length(result);
		expect(count).toBeGreaterThan(1);
		const first = still?.(result) ?? count - 1;
		expect(first).toBeGreaterThanOrEqual(0);
		expect(first).toBeLessThan(count);
		for (const moment of new Set([0, Math.floor(count / 3), Math.floor(count / 2), count - 1])) {
			expect(says(result, moment)).toMatch(/\S/);
			expect(says(result, moment)).not.toMatch(/NaN|undefined/);
			const { body } = render(View as unknown as Component<object>, {
				props: {
					result,
					values: start.values,
					quantities: spec.quantities,
					set() {},
					moment
				} as never
			});
			expect(body).not.toMatch(/NaN|undefined|="[^"]*Infinity/);
		}
	});

	test('its drawing holds no broken number and no hostile markup', () => {
		const html = draw(spec, View, result);
		expect(html).toContain('<svg');
		expect(html).not.toMatch(/NaN|undefined|="[^"]*Infinity/);
	});

	test('random values that fit run, draw, describe and come back from the address', () => {
		const values = fc.record(
			Object.fromEntries(params.map(([name, param]) => [name, arbitraryValue(param)]))
		);
		fc.assert(
			fc.property(values, fc.integer({ min: 0, max: 0xffffffff }), (some, seed) => {
				const state = {
					...start,
					values: applyValues(spec.params, start.values, some as never),
					seed
				};
				const { state: read, notices } = decodeState(spec, encodeState(spec, state));
				expect(notices).toEqual([]);
				expect(sameState(read, state)).toBe(true);
				if (spec.long) return;
				const random = execute(spec, state.values, seed);
				expect(draw(spec, View, random)).not.toMatch(/NaN|="[^"]*Infinity/);
				expect(spec.describe(random, state.values).join(' ')).not.toMatch(/NaN|undefined/);
				spec.table(random, state.values);
			}),
			{ seed: 1, numRuns: 40 }
		);
	});

	test.runIf(spec.random)('the runs of several seeds fold into a band', () => {
		const results = [0, 1].map((more) => at({}, start.seed + more));
		for (const [key, { x }] of Object.entries(results[0].series ?? {})) {
			expect(results[1].series![key].x, `${key}: x depends on the seed`).toEqual(x);
		}
		expect(draw(spec, View, foldSeeds(results))).not.toMatch(/NaN/);
	});
});
