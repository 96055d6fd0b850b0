import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { parseAction } from '../../../src/kernels/search-r1/parseAction';
import { rollOut, type RollOutOptions } from '../../../src/kernels/search-r1/rollOut';
import {
	addLogGradient,
	BY_POINTER,
	BY_STATE,
	createSearchPolicy,
	GIVEN,
	PARAMETERS,
	tokenId,
	tokenLogProb,
	tokenProbabilities,
	V,
	VOCABULARY
} from '../../../src/kernels/search-r1/searchPolicy';
import { trainSearch, type TrainSearchOptions } from '../../../src/kernels/search-r1/trainSearch';
import { QUESTIONS } from '../../../src/kernels/search-r1/world';

describe('an action', () => {
	test.each([
		[
			'<answer>x</answer> or <search>q</search> …',
			'answer',
			'x',
			'<answer>x</answer> or <search>q</search>'
		],
		['<search> Orlem river </search>', 'search', 'Orlem river', '<search> Orlem river </search>'],
		['<search>q</search><answer>x</answer>', 'search', 'q', '<search>q</search>'],
		['so <answer>a b</answer> and on', 'answer', 'a b', 'so <answer>a b</answer>'],
		['<search>never closed', 'invalid', '', '<search>never closed'],
		['nothing', 'invalid', '', 'nothing'],
		['<search>q</answer>', 'invalid', '', '<search>q</answer>']
	])('%s', (turn, kind, content, kept) => {
		expect(parseAction(turn)).toEqual({ kind, content, kept });
	});
});

const options: RollOutOptions = { retriever: 'bm25', topK: 1, maxTurns: 2, maxTurnTokens: 8 };
const words = (tokens: readonly number[]) => tokens.map((id) => VOCABULARY[id]);

describe('a rollout', () => {
	/** A policy so sure of itself that it writes the same words whatever the seed. */
	function scripted(after: readonly (readonly [string, string, number?])[]) {
		const theta = new Float64Array(PARAMETERS);
		for (const [previous, next, logit = 60] of after) {
			theta[tokenId(previous) * V + tokenId(next)] = logit;
		}
		return theta;
	}

	test('searches, reads what BM25 finds, and is paid for the right answer', () => {
		// the first turn starts after </search> in the policy’s eyes, the second after </information>
		const theta = scripted([
			['</search>', '<search>'],
			['<search>', 'orlem'],
			['orlem', 'river'],
			['river', '</search>'],
			['</information>', '<answer>'],
			['<answer>', 'zeb'],
			['zeb', '</answer>']
		]);
		const { tokens, mask, reward, searches, valid, turns } = rollOut(
			theta,
			QUESTIONS[0],
			options,
			createStream(1)
		);
		expect(words(tokens).join(' ')).toBe(
			'<search> orlem river </search> <information> orlem stands on the river zeb </information> <answer> zeb </answer>'
		);
		expect(mask.join('')).toBe('111100000000111');
		expect({ reward, searches, valid, turns }).toEqual({
			reward: 1,
			searches: 1,
			valid: 2,
			turns: 2
		});
	});

	test('a search in the last turn is not carried out, and an invalid turn gets a message', () => {
		const theta = scripted([
			['</search>', 'lake'],
			['lake', 'lake'],
			['invalid', '<search>'],
			['<search>', 'lake']
		]);
		const run = rollOut(theta, QUESTIONS[0], { ...options, maxTurns: 1 }, createStream(1));
		expect(run.searches).toBe(0);
		expect(run.reward).toBe(0);
		const given = run.tokens.filter((_, t) => !run.mask[t]);
		expect(words(given).join(' ')).toBe('my previous action is invalid');
	});

	test('every token has the log-probability that the policy gave it, retrieved ones too', () => {
		const theta = createSearchPolicy();
		const out = new Float64Array(V);
		const draw = createStream(3);
		for (const question of QUESTIONS) {
			const run = rollOut(theta, question, { ...options, topK: 3, maxTurns: 4 }, draw);
			run.tokens.forEach((token, t) => {
				tokenProbabilities(theta, run.contexts[t], out);
				expect(out.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
				expect(Math.log(out[token])).toBeCloseTo(run.logProbs[t], 12);
			});
		}
	});
});

test('all parameters 0: every token alike', () => {
	const out = new Float64Array(V);
	const context = { previous: 0, state: 3, pointed: [[1], [2], []] };
	tokenProbabilities(new Float64Array(PARAMETERS), context, out);
	expect(out[5]).toBeCloseTo(1 / V, 15);
});

test('a log-probability stays finite where the probability is 0', () => {
	const theta = new Float64Array(PARAMETERS);
	const context = { previous: 0, state: 3, pointed: [[1], [], []] };
	theta[BY_STATE + 3 * V + 7] = 2000;
	theta[BY_POINTER + 3 * 3] = 5;
	const out = new Float64Array(V);
	expect(tokenLogProb(theta, context, 1, out)).toBe(5 - 2000);
	expect(out[1]).toBe(0);
	expect(tokenLogProb(new Float64Array(PARAMETERS), context, 1, out)).toBeCloseTo(-Math.log(V), 12);
});

test('the gradient of log π is that of finite differences', () => {
	const id = fc.integer({ min: 0, max: V - 1 });
	fc.assert(
		fc.property(
			id,
			id,
			fc.integer({ min: 0, max: GIVEN }),
			fc.uniqueArray(id, { minLength: 2, maxLength: 5 }),
			(previous, token, state, names) => {
				const theta = createSearchPolicy();
				const context = { previous, state, pointed: [[names[0]], names.slice(1), []] };
				const out = new Float64Array(V);
				const log = () => {
					tokenProbabilities(theta, context, out);
					return Math.log(out[token]);
				};
				log();
				const gradient = new Float64Array(PARAMETERS);
				addLogGradient(gradient, context, out, token, 1);
				const places = [
					previous * V + token,
					previous * V + names[0],
					BY_STATE + state * V + token,
					BY_POINTER + state * 3,
					BY_POINTER + state * 3 + 1
				];
				for (const place of places) {
					const at = theta[place];
					theta[place] = at + 1e-5;
					const up = log();
					theta[place] = at - 1e-5;
					const down = log();
					theta[place] = at;
					expect(gradient[place]).toBeCloseTo((up - down) / 2e-5, 6);
				}
			}
		),
		{ seed: 1, numRuns: 100 }
	);
});

function train(given: Partial<TrainSearchOptions>, seed = 1) {
	const run = trainSearch(given, createStream(seed));
	const history = [];
	for (;;) {
		const { value, done } = run.next();
		if (done) return { history, theta: value };
		history.push(value);
	}
}
const given = (theta: Float64Array) =>
	theta.slice(BY_STATE + GIVEN * V, BY_STATE + (GIVEN + 1) * V);

describe.each(['ppo', 'grpo'] as const)('training by %s', (algorithm) => {
	test('with the mask nothing that only retrieved tokens use is learned; without it, something is', () => {
		const short = { algorithm, updates: 20 };
		const start = given(createSearchPolicy());
		expect(given(train({ ...short, stateMasking: true }).theta)).toEqual(start);
		expect(given(train({ ...short, stateMasking: false }).theta)).not.toEqual(start);
	});

	test('where nothing can be retrieved the mask changes nothing', () => {
		const short = { algorithm, updates: 10, maxTurns: 0 };
		expect(train({ ...short, stateMasking: false })).toEqual(
			train({ ...short, stateMasking: true })
		);
	});

	test('it teaches: questions of one step are answered after 200 updates', () => {
		for (const seed of [1, 2, 3]) {
			const { history } = train({ algorithm }, seed);
			expect(history[0].em).toBeLessThan(0.2);
			expect(history.at(-1)!.emOne).toBeGreaterThan(0.85);
		}
	});
});

test('refuses a batch that is not whole groups', () => {
	expect(() => train({ batch: 61 })).toThrow('multiple of n = 5 and miniBatches = 2, got 61');
});
