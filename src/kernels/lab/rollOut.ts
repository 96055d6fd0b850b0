import type { Stream } from '../core/stream';
import type { Model } from '../lm/createModel';
import type { Decoder } from '../lm/createDecoder';
import { generate } from '../lm/generate';
import type { Problem, Task, Verdict } from '../tasks/task';

/** One completion of one problem, with all that training asks of it. */
export interface Rollout {
	problem: Problem;
	/** <bos> and the prompt. */
	promptIds: number[];
	/** Tokens of the completion: the model's, what a tool inserted, and <eos> where it came. */
	ids: number[];
	/** 1 where the model wrote the token, 0 where a tool did. */
	mask: number[];
	/** log π of each token when it was sampled, at the temperature it was sampled with; 0 for a tool's. */
	logProbs: number[];
	/** The completion as the checker reads it, without <eos>. */
	text: string;
	verdict: Verdict;
	/** 'length' where the room ran out before <eos>. */
	finishReason: 'stop' | 'length';
}

export interface RollOutOptions {
	temperature: number;
	decoder: Decoder;
}

/** Turns of a conversation with a tool after which the rest is taken for cut off. */
const MOST_TURNS = 8;

/**
 * Completions of problems, judged by the task's rule. `streams` has one stream a problem; where a
 * task has a tool, a turn ends with the token that calls it, what the tool says is appended, and the
 * model goes on from there.
 *
 * A completion that is cut off is judged as it stands. Cost: as generate's, a call a turn.
 */
export function rollOut(
	model: Model,
	task: Task<Problem>,
	problems: readonly Problem[],
	{ temperature, decoder }: RollOutOptions,
	streams: readonly Stream[]
): Rollout[] {
	const { tokenizer, maxCompletionLength } = task;
	const { eosTokenId, bosTokenId } = tokenizer;
	const drafts = problems.map((problem) => ({
		problem,
		promptIds: [bosTokenId, ...tokenizer.encode(problem.prompt)],
		ids: [] as number[],
		mask: [] as number[],
		logProbs: [] as number[],
		open: true,
		stopped: false
	}));
	for (let turn = 0; turn < MOST_TURNS; turn++) {
		const open = drafts.flatMap((draft, i) => (draft.open ? [{ draft, i }] : []));
		if (open.length === 0) break;
		const room = Math.max(...open.map(({ draft }) => maxCompletionLength - draft.ids.length));
		const generation = generate(
			model,
			open.map(({ draft }) => [...draft.promptIds, ...draft.ids]),
			{ maxCompletionLength: room, temperature, stopToken: eosTokenId, decoder },
			open.map(({ i }) => streams[i].split(`turn ${turn}`))
		);
		open.forEach(({ draft }, row) => {
			takeTurn(task, draft, generation, row, room);
		});
	}
	return drafts.map(({ problem, promptIds, ids, mask, logProbs, stopped }) => {
		const text = tokenizer.decode(stopped ? ids.slice(0, -1) : ids);
		return {
			problem,
			promptIds,
			ids,
			mask,
			logProbs,
			text,
			verdict: task.reward(problem, text),
			finishReason: stopped ? 'stop' : 'length'
		};
	});
}

interface Draft {
	problem: Problem;
	ids: number[];
	mask: number[];
	logProbs: number[];
	open: boolean;
	stopped: boolean;
}

/** Adds a row's tokens up to its end or to the first call of the tool, then what the tool says. */
function takeTurn(
	task: Task<Problem>,
	draft: Draft,
	{ tokens, lengths, logProbs }: ReturnType<typeof generate>,
	row: number,
	room: number
): void {
	const { tokenizer, maxCompletionLength } = task;
	draft.open = false;
	let text = task.respond ? tokenizer.decode(draft.ids) : '';
	for (let t = 0; t < lengths[row] && draft.ids.length < maxCompletionLength; t++) {
		const id = tokens[row * room + t];
		draft.ids.push(id);
		draft.mask.push(1);
		draft.logProbs.push(logProbs[row * room + t]);
		if (id === tokenizer.eosTokenId) {
			draft.stopped = true;
			return;
		}
		if (!task.respond) continue;
		text += tokenizer.vocabulary[id];
		const inserted = task.respond(draft.problem, text);
		if (inserted === undefined) continue;
		const ids = tokenizer.encode(inserted);
		if (draft.ids.length + ids.length >= maxCompletionLength) return;
		draft.ids.push(...ids);
		draft.mask.push(...ids.map(() => 0));
		draft.logProbs.push(...ids.map(() => 0));
		draft.open = true;
		return;
	}
}
