import { createStream, type Stream } from '$kernels/core/stream';
import { print } from '$kernels/describe/print';
import { createDecoder } from '$kernels/lm/createDecoder';
import { createWorkspace } from '$kernels/lm/createWorkspace';
import { readTexts, type ReadToken } from '$kernels/sentences/readTexts';
import {
	languageTokenizer,
	LONGEST_SENTENCE,
	nextInLanguage,
	sentences
} from '$kernels/sentences/smallLanguage';
import { SENTENCE_MODEL, trainOnSentences } from '$kernels/sentences/trainOnSentences';
import { writeTexts } from '$kernels/sentences/writeTexts';
import { defineWidget } from '$widgets/contract';

const LONGEST_PROMPT = 12;
const TEMPERATURES = [0.2, 0.5, 0.75, 1, 1.25, 1.5, 2];
/** Completions of a prompt, and how many of them are shown. */
const WRITTEN = 64;
const SHOWN = 6;
/** Likeliest tokens of a place that are drawn. */
const CHOICES = 7;

const model = {
	test: 'tests/kernels/sentences/trainOnSentences.test.ts',
	against: 'the language’s own probabilities, 20 seeds',
	tolerance: '0.05 nats a token'
};
const reading = {
	test: 'tests/kernels/sentences/readTexts.test.ts',
	against: 'the log-probabilities of sampling, and a softmax written out',
	tolerance: '1e-5 absolute'
};

export const spec = defineWidget({
	name: 'next-token',
	version: 1,
	title: 'What will the model write next?',
	paper: 'policy-of-tokens',
	params: {
		prompt: {
			type: 'text',
			label: 'Prompt',
			symbol: 'x',
			help: 'Small letters, spaces and points; other characters are left out.',
			default: 'the c',
			maxLength: LONGEST_PROMPT
		},
		temperature: {
			type: 'range',
			label: 'Temperature',
			symbol: 'τ',
			library: { trl: 'temperature', verl: 'rollout.temperature' },
			min: 0.1,
			max: 3,
			step: 0.05,
			default: 1
		},
		topP: {
			type: 'range',
			label: 'Nucleus',
			symbol: 'top-p',
			library: { trl: 'top_p', verl: 'rollout.top_p' },
			help: 'Keeps the likeliest tokens that together reach this probability.',
			min: 0.05,
			max: 1,
			step: 0.05,
			default: 1
		},
		topK: {
			type: 'range',
			label: 'Tokens kept, 0 for all',
			symbol: 'top-k',
			library: { trl: 'top_k', verl: 'rollout.top_k' },
			min: 0,
			max: 10,
			step: 1,
			whole: true,
			default: 0
		},
		minP: {
			type: 'range',
			label: 'Least share of the likeliest',
			symbol: 'min-p',
			library: { trl: 'min_p' },
			help: 'Drops tokens less probable than this share of the likeliest one’s probability.',
			min: 0,
			max: 0.9,
			step: 0.05,
			default: 0
		},
		steps: {
			type: 'range',
			label: 'Training steps',
			min: 0,
			max: 300,
			step: 10,
			whole: true,
			default: 150,
			more: true
		}
	},
	presets: {
		own: {
			label: 'The policy as it is',
			reason: 'Temperature 1 and no filter: what is drawn from is what was learned.',
			values: {}
		},
		greedy: {
			label: 'Always the likeliest',
			reason: 'One token kept: every completion is the same.',
			values: { topK: 1 }
		},
		nucleus: {
			label: 'Without the tail',
			reason: 'A nucleus of 0.9 removes nearly all slips: each was a rare token.',
			values: { topP: 0.9 }
		},
		hot: {
			label: 'Twice as hot',
			reason:
				'At temperature 2 hardly a sentence survives: one slip among twenty tokens is enough.',
			values: { temperature: 2 },
			limit: true
		},
		untrained: {
			label: 'Before training',
			reason: 'The same network with random weights is a policy, too, and a useless one.',
			values: { steps: 0 },
			limit: true
		},
		unseen: {
			label: 'A prompt it never met',
			reason: 'It answers all the same. Nothing in a softmax says “I do not know this text”.',
			values: { prompt: 'moon cat' },
			limit: true
		}
	},
	quantities: {
		right: {
			label: 'Completions that are sentences',
			kind: 'sampled',
			role: 'success',
			digits: 2,
			evidence: model
		},
		variety: {
			label: 'Different sentences among them',
			kind: 'sampled',
			role: 'b',
			digits: 2,
			evidence: model
		},
		policy: {
			label: 'Policy, temperature 1',
			kind: 'trained here',
			role: 'policy',
			mark: 'bar',
			evidence: reading
		},
		sampler: {
			label: 'What is drawn from',
			kind: 'trained here',
			role: 'b',
			mark: 'bar',
			evidence: reading
		},
		language: {
			label: 'The language itself',
			kind: 'exact',
			role: 'theory',
			mark: 'bar',
			evidence: model
		},
		logProb: {
			label: 'log π of the completion',
			kind: 'trained here',
			unit: 'nats',
			digits: 2,
			evidence: reading
		},
		entropy: {
			label: 'Entropy where the completion begins',
			kind: 'trained here',
			unit: 'nats',
			digits: 2,
			evidence: reading
		},
		kept: {
			label: 'Tokens that can be drawn there',
			kind: 'trained here',
			digits: 0,
			evidence: reading
		},
		possible: {
			label: 'Sentences that begin with the prompt',
			kind: 'exact',
			digits: 0,
			evidence: model
		},
		loss: {
			label: 'Loss at the end of training',
			kind: 'trained here',
			unit: 'nats a token',
			evidence: model
		}
	},
	random: true,
	long: true,
	run({ prompt, steps, ...settings }, stream) {
		const { trained, workspace, decoder } = trainedModel(steps, stream);
		const known = languageTokenizer.vocabulary;
		const text = [...prompt.toLowerCase()].filter((c) => known.includes(c)).join('');
		const ids = languageTokenizer.encode(text);
		const write = (temperature: number) =>
			writeTexts(
				trained.model,
				ids,
				WRITTEN,
				{ ...settings, temperature },
				decoder,
				stream.split('completions')
			);
		const written = write(settings.temperature);
		const shown = written.slice(0, SHOWN);
		const reads = readTexts(
			trained.model,
			workspace,
			shown.map((one) => one.ids),
			settings
		);
		const byTemperature = TEMPERATURES.map((temperature) => summary(write(temperature)));
		return {
			text,
			start: ids.length,
			places: reads[0].map((place, t) => placeOf(place, decodeUpTo(shown[0].ids, t))),
			completions: shown.map(({ text: whole, right, drawnWith }, i) => ({
				text: whole.slice(text.length),
				right,
				logProb: sum(reads[i].slice(ids.length).map(({ logProb }) => logProb)),
				drawnWith
			})),
			...summary(written),
			possible: sentences.filter((one) => one.text.startsWith(text)).length,
			loss: trained.losses.length > 0 ? sum(trained.losses.slice(-10)) / 10 : undefined,
			series: {
				right: { x: TEMPERATURES, y: byTemperature.map(({ right }) => right) },
				variety: { x: TEMPERATURES, y: byTemperature.map(({ variety }) => variety) }
			}
		};
	},
	describe({ text, right, different, possible, places, start, completions: [first] }) {
		const place = places[start];
		const likeliest = place.choices
			.slice(0, 2)
			.map(({ token, policy }) => `${token} (${print(policy, 2)})`)
			.join(' or ');
		return [
			`After “${text}” the policy expects ${likeliest}, with an entropy of ${print(place.entropy, 2)} nats. Of ${WRITTEN} completions ${Math.round(right * WRITTEN)} are sentences, ${different} different ones of the ${possible} possible.`,
			`The first completion has log π = ${print(first.logProb)} nats, the sum over its tokens.`
		];
	},
	table: ({ places, start }) => ({
		columns: [
			{ label: 'token' },
			{ label: 'part' },
			{ label: 'log π', unit: 'nats' },
			{ label: 'entropy', unit: 'nats' },
			{ label: 'likeliest' }
		],
		rows: places.map(({ token, logProb, entropy, choices }, t) => [
			token,
			t < start ? 'prompt' : 'completion',
			logProb,
			entropy,
			choices[0].token
		])
	}),
	numbers: ({ right, variety, completions, places, start, possible, loss }) => ({
		right,
		variety,
		logProb: completions[0].logProb,
		entropy: places[start].entropy,
		kept: places[start].kept,
		possible,
		...(loss === undefined ? {} : { loss })
	}),
	questions: {
		hot: {
			type: 'choice',
			ask: 'At temperature 1 most completions of “the c” are sentences of the language. The temperature is doubled. How many are sentences then?',
			options: [
				{
					text: 'Still most',
					feedback:
						'Each token needs only a small chance to slip, and there are about twenty of them.'
				},
				{
					text: 'About half',
					feedback: 'Half would mean one slip in about thirty tokens. The tail is fatter than that.'
				},
				{ text: 'Fewer than one in ten', feedback: 'Look at the curve on the right.' }
			],
			answer(at) {
				const { right } = at({ temperature: 2 });
				return right > 0.6 ? 0 : right > 0.1 ? 1 : 2;
			},
			explain(at) {
				const [cool, hot] = [1, 2].map((temperature) => at({ temperature }).right);
				return `${print(cool, 2)} of the completions are sentences at temperature 1 and ${print(hot, 2)} at 2. Doubling the temperature takes the square root of every odds: one in ten thousand becomes one in a hundred. There are about thirty tokens at every place, and a single slip spoils the whole.`;
			}
		},
		undecided: {
			type: 'choice',
			ask: 'The model reads “the cat sees”. Before which of these tokens is the policy least decided?',
			options: [
				{
					text: 'The s of “sees”',
					feedback: 'A verb begins here, and there are four of them.'
				},
				{ text: 'The a of “cat”', feedback: 'Only cat and crow are possible there.' },
				{ text: 'The second e of “sees”', feedback: 'Within a word there is hardly a choice.' }
			],
			answer(at) {
				const { places } = at({ prompt: 'the cat sees' });
				const entropies = [8, 5, 10].map((t) => places[t].entropy);
				return entropies.indexOf(Math.max(...entropies));
			},
			explain(at) {
				const { places } = at({ prompt: 'the cat sees' });
				const [verb, noun, inner] = [8, 5, 10].map((t) => print(places[t].entropy, 2));
				return `${verb} nats before the verb, ${noun} after “the c” and ${inner} inside “sees”. The policy is undecided where a word begins; inside a word it spells.`;
			}
		},
		filtered: {
			type: 'choice',
			ask: 'After “the c” the language has a with 2/3 and r with 1/3. With top-p 0.5, how many tokens can still be drawn there?',
			options: [
				{ text: 'One', feedback: 'The likeliest alone already reaches 0.5.' },
				{ text: 'Two', feedback: 'The second would be needed if the first did not reach 0.5.' },
				{
					text: 'None: no token has exactly 0.5',
					feedback: 'The token that crosses the border stays.'
				}
			],
			answer: (at) => {
				const { places, start } = at({ topP: 0.5 });
				return places[start].kept === 1 ? 0 : places[start].kept === 2 ? 1 : 2;
			},
			explain(at) {
				const { places, start } = at({ topP: 0.5 });
				return `${places[start].kept === 1 ? 'One' : String(places[start].kept)}: ${places[start].choices[0].token} alone has ${print(places[start].choices[0].policy, 2)}. The crows are gone from all that is written, though the policy has not changed.`;
			}
		},
		truth: {
			type: 'choice',
			ask: 'Only the likeliest token is kept (top-k 1), at temperature 1. The completion is then drawn with probability 1. What is its log π under the policy itself?',
			options: [
				{
					text: '0',
					feedback: 'That is its log-probability under the sampler, which is another policy.'
				},
				{
					text: 'Below 0',
					feedback: 'The policy itself still gives the other tokens their share.'
				},
				{ text: 'Above 0', feedback: 'No probability is above 1.' }
			],
			answer(at) {
				const { logProb } = at({ topK: 1 }).completions[0];
				return logProb > 1e-9 ? 2 : logProb > -1e-9 ? 0 : 1;
			},
			explain(at) {
				const { logProb, drawnWith } = at({ topK: 1 }).completions[0];
				return `${print(logProb)} nats, and ${print(drawnWith)} under the sampler. A trainer that takes the one for the other corrects for a policy that did not write the text.`;
			}
		}
	},
	playback: {
		length: ({ places }) => places.length,
		rate: 2,
		says({ places, start }, moment) {
			const { before, token, choices, logProb } = places[moment];
			const likeliest = choices
				.slice(0, 2)
				.map((choice) => `${choice.token} ${print(choice.policy, 2)}`)
				.join(', ');
			return `After “${before}”: ${likeliest}. ${moment < start ? 'The prompt has' : 'Drawn is'} ${token}, log π ${print(logProb)}.`;
		},
		still: ({ start }) => start
	},
	standIns: [
		'A transformer of some ten thousand parameters over characters, trained here on a language of 64 sentences, stands in for a language model; its architecture, its sampling and its filters are those of the large ones.'
	],
	source: [
		'kernels/sentences/smallLanguage.ts',
		'kernels/sentences/trainOnSentences.ts',
		'kernels/sentences/readTexts.ts',
		'kernels/sentences/writeTexts.ts',
		'kernels/lm/generate.ts',
		'kernels/lm/filterLogits.ts',
		'kernels/lm/temperature.ts',
		'kernels/lm/topK.ts',
		'kernels/lm/topP.ts',
		'kernels/lm/minP.ts',
		'kernels/lm/forward.ts'
	]
});

interface Ready {
	trained: ReturnType<typeof trainOnSentences>;
	workspace: ReturnType<typeof createWorkspace>;
	decoder: ReturnType<typeof createDecoder>;
}

/** The last model that was trained, so that a reader who turns the temperature need not wait for it. */
let ready: { steps: number; seed: number; made: Ready } | undefined;

function trainedModel(steps: number, stream: Stream): Ready {
	const seed = stream.int(0x7fffffff);
	if (ready?.steps === steps && ready.seed === seed) return ready.made;
	const made = {
		trained: trainOnSentences(steps, createStream(seed)),
		workspace:
			ready?.made.workspace ?? createWorkspace(SENTENCE_MODEL, SHOWN, SENTENCE_MODEL.contextLength),
		decoder:
			ready?.made.decoder ??
			createDecoder(SENTENCE_MODEL, WRITTEN, LONGEST_PROMPT + 1 + LONGEST_SENTENCE)
	};
	ready = { steps, seed, made };
	return made;
}

function summary(written: readonly { text: string; right: boolean }[]) {
	const right = written.filter((one) => one.right);
	const different = new Set(right.map(({ text }) => text)).size;
	return {
		right: right.length / written.length,
		different,
		variety: different / written.length
	};
}

/** A place of the text as it is drawn: its likeliest tokens, and the one that stands there. */
function placeOf({ id, logProb, entropy, policy, sampler }: ReadToken, before: string) {
	const own = nextInLanguage(before);
	const order = policy.map((_, token) => token).sort((a, b) => policy[b] - policy[a]);
	const likeliest = order.slice(0, CHOICES);
	const drawn = likeliest.includes(id) ? likeliest : [...likeliest.slice(0, -1), id];
	return {
		before,
		token: show(id),
		logProb,
		entropy,
		kept: sampler.filter((p) => p > 0).length,
		choices: drawn.map((token) => ({
			token: show(token),
			policy: policy[token],
			sampler: sampler[token],
			language: own?.[token]
		}))
	};
}

/** A token as it can be seen. */
function show(id: number): string {
	const token = languageTokenizer.vocabulary[id];
	return token === ' ' ? '␣' : token;
}

function decodeUpTo(ids: readonly number[], end: number): string {
	return languageTokenizer.decode(ids.slice(0, end));
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
