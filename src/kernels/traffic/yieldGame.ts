import { mergeReward } from './mergeReward';
import { MERGE_ZONE } from './mergeRoad';

/** Everything that decides what can still happen: places in m, multiples of 10 m, speeds as 0, 1, 2 for 10, 20, 30 m/s. */
export interface YieldState {
	step: number;
	mainX: number;
	rampX: number;
	mainSpeed: number;
	rampSpeed: number;
	merged: boolean;
	crashed: boolean;
}

/** Orders of the main-road car: hold, faster, slower; the ramp car can also merge. */
export const MAIN_ORDERS = ['idle', 'faster', 'slower'] as const;
export const RAMP_ORDERS = ['idle', 'faster', 'slower', 'merge'] as const;
export type MainOrder = (typeof MAIN_ORDERS)[number];
export type RampOrder = (typeof RAMP_ORDERS)[number];

export interface YieldMove {
	main: MainOrder;
	ramp: RampOrder;
}

const FASTEST = 2;

export function yieldSpeed(index: number): number {
	return 10 * (index + 1);
}

function turned(index: number, order: RampOrder): number {
	const change = order === 'faster' ? 1 : order === 'slower' ? -1 : 0;
	return Math.max(0, Math.min(FASTEST, index + change));
}

/** One second of the game: speeds change first, then both cars move. `undefined` where the order is not open. */
export function yieldStep(
	state: YieldState,
	move: YieldMove
): { state: YieldState; main: number; ramp: number } | undefined {
	const beside = state.rampX >= MERGE_ZONE.start && state.rampX < MERGE_ZONE.end;
	if (move.ramp === 'merge' && (state.merged || !beside)) return undefined;
	const mainSpeed = turned(state.mainSpeed, move.main);
	const rampSpeed = turned(state.rampSpeed, move.ramp);
	const mainX = state.mainX + yieldSpeed(mainSpeed);
	const rampX = state.rampX + yieldSpeed(rampSpeed);
	const merged = state.merged || move.ramp === 'merge';
	const ranInto = state.merged && state.mainX < state.rampX !== mainX < rampX;
	const crashed = merged && (ranInto || mainX === rampX);
	const atEnd = !merged && rampX >= MERGE_ZONE.end;
	const ahead = (own: number, other: number) => (merged && other > own ? other - own : Infinity);
	const next = {
		step: state.step + 1,
		mainX,
		rampX,
		mainSpeed,
		rampSpeed,
		merged,
		crashed: crashed || atEnd
	};
	return {
		state: next,
		main: mergeReward({
			speed: yieldSpeed(mainSpeed),
			headway: ahead(mainX, rampX),
			x: mainX,
			onMergeLane: false,
			crashed
		}).total,
		ramp: mergeReward({
			speed: yieldSpeed(rampSpeed),
			headway: ahead(rampX, mainX),
			x: rampX,
			onMergeLane: !merged && rampX >= MERGE_ZONE.start,
			crashed: crashed || atEnd
		}).total
	};
}

/** Orders of both cars together: main · 4 + ramp. */
export const JOINT = MAIN_ORDERS.length * RAMP_ORDERS.length;

export interface YieldGame {
	/** The start is first; each state stands before those that follow it. */
	states: YieldState[];
	/** [state · JOINT + order]: position of the state that follows, −1 where the order is not open. */
	next: Int32Array;
	/** Rewards of that second, alike. */
	main: Float64Array;
	ramp: Float64Array;
	horizon: number;
}

/**
 * Two cars and one place: a Markov game small enough to hold whole. A car on the main road and one on
 * the ramp each get the merge environment's reward once a second, until the horizon or a crash. All
 * states that can be reached from the start are laid out here with what every pair of orders leads to.
 *
 * Formula: the reward of MARL_CAVs' merge_env_v1; the game is ours. Coarser than the environment: one
 * decision a second in place of five, three speeds in place of five, taken up at once.
 * Cost: O(states · 12); some three thousand states for a horizon of 8. Throws RangeError for a horizon
 * that is no positive integer or places off the grid of 10 m.
 * Worked value: from 100 m apart with horizon 1 there are 1 + 4 states (speeds 20 and 30 for each car
 * that starts at 30).
 */
export function yieldGame(start: YieldState, horizon: number): YieldGame {
	if (!Number.isInteger(horizon) || horizon < 1) {
		throw new RangeError(`yieldGame: horizon must be a positive integer, got ${horizon}`);
	}
	if (start.mainX % 10 !== 0 || start.rampX % 10 !== 0) {
		throw new RangeError(
			`yieldGame: places must be multiples of 10, got ${start.mainX} and ${start.rampX}`
		);
	}
	const states = [start];
	const next: number[] = [];
	const main: number[] = [];
	const ramp: number[] = [];
	const positions = new Map<number, number>();
	const keyOf = (s: YieldState) =>
		(((((s.step * 128 + s.mainX / 10) * 128 + s.rampX / 10) * 3 + s.mainSpeed) * 3 + s.rampSpeed) *
			2 +
			Number(s.merged)) *
			2 +
		Number(s.crashed);
	for (let i = 0; i < states.length; i++) {
		const state = states[i];
		const over = state.crashed || state.step === horizon;
		for (let joint = 0; joint < JOINT; joint++) {
			const step = over ? undefined : yieldStep(state, moveOf(joint));
			main.push(step?.main ?? 0);
			ramp.push(step?.ramp ?? 0);
			if (!step) {
				next.push(-1);
				continue;
			}
			const key = keyOf(step.state);
			let position = positions.get(key);
			if (position === undefined) {
				position = states.push(step.state) - 1;
				positions.set(key, position);
			}
			next.push(position);
		}
	}
	return {
		states,
		next: Int32Array.from(next),
		main: Float64Array.from(main),
		ramp: Float64Array.from(ramp),
		horizon
	};
}

export function moveOf(joint: number): YieldMove {
	const ramps = RAMP_ORDERS.length;
	return { main: MAIN_ORDERS[Math.floor(joint / ramps)], ramp: RAMP_ORDERS[joint % ramps] };
}
