import { inspectStep, slimTrace, type SlimTrace } from '$kernels/lab/inspectStep';
import { copyState, startState, withChange, type LabState } from '$kernels/lab/labState';
import { labTasks } from '$kernels/lab/labTasks';
import { trainLab, type LabStep } from '$kernels/lab/trainLab';
import { hasWasmEngine } from '$kernels/lm/wasmEngine';
import { keepCheckpoint } from './checkpointStore';
import type { FromLab, InspectReply, LabStatus, Place, Sample, ToLab } from './protocol';

/** Checkpoints are kept every so many steps, at most this many: of more, every second one goes. */
const CHECKPOINT_EVERY = 10;
const CHECKPOINTS_KEPT = 40;
/** Batches that the inspector can still show: at most this many, and of so many completions in all. */
const TRACES_KEPT = 60;
const COMPLETIONS_KEPT = 16_384;
/** How long training may hold the thread before it looks for messages, and before it reports, in ms. */
const SLICE = 30;
const REPORT_EVERY = 200;

let state: LabState | undefined;
let steps: Generator<LabStep, void> | undefined;
let status: LabStatus = 'idle';
let checkpoints: LabState[] = [];
let traces: SlimTrace[] = [];
let reported = 0;
/** Raised by each new run, so that an older loop ends. */
let run = 0;

const send = (message: FromLab) => postMessage(message);
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

function tell(next: LabStatus): void {
	status = next;
	if (!state) return;
	report();
	const { plan, phase, step } = state;
	send({ type: 'status', status, plan, phase, step, fast: hasWasmEngine() });
}

/** Sends what has been measured since the last report, and the last group. */
function report(): void {
	if (!state || state.records.length === reported) return;
	send({ type: 'records', from: reported, records: state.records.slice(reported) });
	reported = state.records.length;
	const trace = traces.at(-1);
	if (trace && trace.step === state.step) {
		send({ type: 'samples', step: trace.step, samples: samplesOf(trace).slice(0, groupSize()) });
	}
	const { plan, phase, step } = state;
	send({ type: 'status', status, plan, phase, step, fast: hasWasmEngine() });
}

const groupSize = () => state!.config.numGenerations;

function samplesOf({ rollouts, refLogProbs, estimate, epochs }: SlimTrace): Sample[] {
	const { tokenizer } = labTasks[state!.config.task].create(state!.config.checker);
	return rollouts.map(({ problem, ids, mask, logProbs, verdict }, row) => ({
		prompt: problem.prompt,
		answer: problem.answer,
		tokens: ids.map((id) => tokenizer.vocabulary[id]),
		mask,
		logProbs,
		refLogProbs: [...refLogProbs[row]],
		advantages: [...(estimate?.advantages[row] ?? ids.map(() => NaN))],
		ratios: ids.map((_, t) => Math.exp((epochs.at(-1)?.logProbs[row][t] ?? NaN) - logProbs[t])),
		reward: verdict.reward,
		reason: verdict.reason
	}));
}

/** Takes up a state; the page's records after `from` are void. */
function take(next: LabState, from: number): void {
	state = next;
	steps = trainLab(state);
	reported = from;
	traces = [];
	run++;
}

function step(): boolean {
	const { value, done } = steps!.next();
	if (done) return false;
	if (value.trace) keepTrace(slimTrace(value.trace));
	if (value.state.step % CHECKPOINT_EVERY === 0) checkpoint(value.state);
	return true;
}

function keepTrace(trace: SlimTrace): void {
	const most = Math.max(1, Math.floor(COMPLETIONS_KEPT / trace.rollouts.length));
	traces = [...traces, trace].slice(-Math.min(TRACES_KEPT, most));
}

function checkpoint(current: LabState): void {
	const all = [...checkpoints, copyState(current)];
	const thinned = all.filter((_, i) => i % 2 === 0 || i === all.length - 1);
	hold(all.length > CHECKPOINTS_KEPT ? thinned : all);
	void storeLast();
}

function hold(states: LabState[]): void {
	checkpoints = states;
	send({ type: 'checkpoints', places: states.map(({ phase, step }) => ({ phase, step })) });
}

let storing = false;

/** Stores the last checkpoint for a later visit; while one is being stored, newer ones wait for it. */
async function storeLast(): Promise<void> {
	if (storing) return;
	storing = true;
	let stored: LabState | undefined;
	while (checkpoints.length > 0 && checkpoints.at(-1) !== stored) {
		stored = checkpoints.at(-1)!;
		send({ type: 'storage', refused: !(await keepCheckpoint(stored)) });
	}
	storing = false;
}

async function train(): Promise<void> {
	const own = run;
	tell('running');
	let last = performance.now();
	try {
		while (own === run && status === 'running') {
			const slice = performance.now();
			let more = true;
			while (more && performance.now() - slice < SLICE) more = step();
			if (!more) {
				if (state!.step % CHECKPOINT_EVERY !== 0) checkpoint(state!);
				return tell('done');
			}
			if (performance.now() - last > REPORT_EVERY) {
				report();
				last = performance.now();
			}
			await breathe();
		}
	} catch (error) {
		fail(error);
	}
}

function fail(error: unknown): void {
	status = 'failed';
	report();
	send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}

function rewind({ phase, step: to, settings }: Extract<ToLab, { type: 'rewind' }>): void {
	const order = (place: Place) => (place.phase === 'rl' ? 1e6 : 0) + place.step;
	const before = checkpoints.filter((other) => order(other) <= order({ phase, step: to }));
	hold(before);
	const from = before.at(-1) ?? startState(state!.plan.config, state!.plan.changes);
	const next = copyState(from);
	take(Object.keys(settings).length > 0 ? withChange(next, settings) : next, next.records.length);
	send({ type: 'records', from: next.records.length, records: [] });
	tell('paused');
}

function inspect({ id, step: at, epoch, whatIf }: Extract<ToLab, { type: 'inspect' }>): void {
	const trace = traces.find((other) => other.step === at) ?? traces.at(-1);
	if (!trace || !state || trace.epochs.length === 0) {
		return send({ type: 'inspection', id, reply: undefined });
	}
	const which = Math.min(epoch, trace.epochs.length - 1);
	const { tokenLoss } = trace.epochs[which];
	const hasTerms = tokenLoss !== undefined;
	const look = (changes = {}) => inspectStep(state!.config, trace, which, changes);
	const reply: InspectReply = {
		steps: traces.map((other) => other.step),
		epochs: trace.epochs.length,
		samples: samplesOf(trace),
		loss: tokenLoss,
		asItWas: hasTerms ? look() : undefined,
		changed: hasTerms ? look(whatIf) : undefined
	};
	send({ type: 'inspection', id, reply });
}

addEventListener('message', ({ data }: MessageEvent<ToLab>) => {
	try {
		switch (data.type) {
			case 'start':
				hold([]);
				take(startState(data.plan.config, data.plan.changes), 0);
				if (data.paused) tell('paused');
				else void train();
				break;
			case 'open':
				hold([copyState(data.state)]);
				take(data.state, 0);
				tell('paused');
				break;
			case 'pause':
				if (status === 'running') tell('paused');
				break;
			case 'resume':
				if (steps && status !== 'running') void train();
				break;
			case 'step':
				if (steps && status !== 'running') tell(step() ? 'paused' : 'done');
				break;
			case 'stop':
				run++;
				steps = undefined;
				tell('idle');
				break;
			case 'rewind':
				if (state) rewind(data);
				break;
			case 'inspect':
				inspect(data);
				break;
			case 'state':
				send({ type: 'state', id: data.id, state: state && copyState(state) });
		}
	} catch (error) {
		fail(error);
	}
});
