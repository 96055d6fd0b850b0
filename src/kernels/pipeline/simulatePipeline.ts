import { checkPipeline, type StageTimes } from './bubbleTime';

export interface Work {
	/** F forward, B backward (without W where the schedule splits it), W gradient of the weights. */
	kind: 'F' | 'B' | 'W';
	microBatch: number;
	stage: number;
	start: number;
	end: number;
}

export interface PipelineRun {
	work: Work[];
	/** When the last piece of work ends. */
	makespan: number;
	/** makespan − work of a stage: the same for all stages. */
	bubble: number;
	/** Most micro-batches whose activations one stage holds at once. */
	peak: number;
}

type Piece = Pick<Work, 'kind' | 'microBatch'>;

/**
 * What one stage does, in order. Both schedules start with as many forwards as there are stages from
 * here on, then take a backward and a forward in turn. ZB1P splits the backward and lets W lag, by one
 * micro-batch more a stage, so that the gradient which the stage before waits for goes first.
 */
function orderOf(stage: number, stages: number, microBatches: number, split: boolean): Piece[] {
	const ahead = Math.min(stages - stage, microBatches);
	const pieces: Piece[] = [];
	for (let k = 0; k < ahead; k++) pieces.push({ kind: 'F', microBatch: k });
	for (let k = 0; k < microBatches; k++) {
		pieces.push({ kind: 'B', microBatch: k });
		if (split && k >= stage) pieces.push({ kind: 'W', microBatch: k - stage });
		if (k + ahead < microBatches) pieces.push({ kind: 'F', microBatch: k + ahead });
	}
	if (split) {
		for (let k = Math.max(0, microBatches - stage); k < microBatches; k++) {
			pieces.push({ kind: 'W', microBatch: k });
		}
	}
	return pieces;
}

/**
 * One training step through a pipeline, piece by piece: a forward waits for the stage before, a backward
 * for the stage after, and each stage takes its pieces in the order of its schedule. Messages between
 * stages cost nothing here.
 *
 * '1f1b' is one forward, one backward (Narayanan et al., PipeDream-Flush); 'zb1p' splits the backward as
 * in zero-bubble pipelining (Qi et al., arXiv 2401.10241, ZB-H1).
 *
 * Cost: O(stages²·microBatches). Throws RangeError as `bubbleTime` does, and for fewer micro-batches
 * than stages.
 * Worked value: 8 stages, 16 micro-batches, F 1, B 2, W 1: bubble 21 in 1F1B, 7 in ZB1P.
 */
export function simulatePipeline(
	schedule: '1f1b' | 'zb1p',
	stages: number,
	microBatches: number,
	times: StageTimes
): PipelineRun {
	checkPipeline('simulatePipeline', stages, times);
	if (!(Number.isInteger(microBatches) && microBatches >= stages)) {
		throw new RangeError(
			`simulatePipeline: microBatches must be a whole number from ${stages} up, got ${microBatches}`
		);
	}
	const split = schedule === 'zb1p';
	const { forward, backward, weightBackward } = times;
	const lasts = { F: forward, B: split ? backward - weightBackward : backward, W: weightBackward };
	const orders = Array.from({ length: stages }, (_, s) => orderOf(s, stages, microBatches, split));
	const next = new Array<number>(stages).fill(0);
	const free = new Array<number>(stages).fill(0);
	const ends = { F: new Map<string, number>(), B: new Map<string, number>() };
	const work: Work[] = [];

	/** When the piece may begin; undefined while what it waits for is not done. */
	function ready({ kind, microBatch }: Piece, s: number): number | undefined {
		if (kind === 'W' || (kind === 'F' && s === 0)) return 0;
		if (kind === 'F') return ends.F.get(`${s - 1} ${microBatch}`);
		return s === stages - 1
			? ends.F.get(`${s} ${microBatch}`)
			: ends.B.get(`${s + 1} ${microBatch}`);
	}

	for (let moved = true; moved;) {
		moved = false;
		for (let s = 0; s < stages; s++) {
			for (; next[s] < orders[s].length; next[s]++) {
				const piece = orders[s][next[s]];
				const from = ready(piece, s);
				if (from === undefined) break;
				const start = Math.max(from, free[s]);
				const end = start + lasts[piece.kind];
				work.push({ ...piece, stage: s, start, end });
				if (piece.kind !== 'W') ends[piece.kind].set(`${s} ${piece.microBatch}`, end);
				free[s] = end;
				moved = true;
			}
		}
	}
	const makespan = Math.max(...free);
	return {
		work,
		makespan,
		bubble: makespan - microBatches * (forward + backward),
		peak: Math.max(...orders.map((order) => mostHeld(order, split)))
	};
}

function mostHeld(order: readonly Piece[], split: boolean): number {
	let held = 0;
	let most = 0;
	for (const { kind } of order) {
		if (kind === 'F') most = Math.max(most, ++held);
		else if (kind === (split ? 'W' : 'B')) held--;
	}
	return most;
}
