import type { Stream } from '../core/stream';
import { decisionFeatures, inRegion, recallOrder, type StoredDecision } from './decisionMemory';
import { foresee, lookAhead } from './lookAhead';
import { chooseAction, type DriverValues } from './mergeDriver';
import { controlledCount, decide, hasMerged, isOver } from './mergeEpisode';
import type { Car, World } from './mergeWorld';
import { legalActions, type MetaAction } from './metaActions';
import { controlledNeighbours, worldRewards } from './worldRewards';

/** How many levels decide: each car alone, then its region as well, then all together. */
export type CascadeLevel = 'individual' | 'regional' | 'global';

export interface CascadeOptions {
	level: CascadeLevel;
	/** Probability that the regional level gives a car an order at random instead of its own advice. */
	hallucination: number;
	/** Decisions that the regional level looks ahead. */
	depth: number;
	/** Cases recalled by the global level; 0 for none. */
	recalled: number;
	substeps: number;
}

export interface CascadeRun {
	/** The cars every fifth of a second, the first scene included. */
	moments: Car[][];
	/** What each controlled car was told, decision by decision, and by which level. */
	orders: { action: MetaAction; by: CascadeLevel }[][];
	success: boolean;
	crashed: boolean;
	/** Mean over decisions of the mean reward of all controlled cars. */
	reward: number;
}

/** Cars of a region are at most this far apart, m, and at most this many. */
const REACH = 40;
const MEMBERS = 3;
/** Simulation steps from one moment to the next. */
const SHOWN = 3;
/** The global level judges over this many decisions. */
const JUDGED = 3;
const MOST_STORED = 200;

/**
 * One scene driven by the cascade.
 *
 *     a⁰ = each car's own policy
 *     a¹ = a⁰, with the orders of a region replaced by the joint orders that look best for it
 *     a² = whichever of a⁰, a¹ and the recalled orders promises the most for all; then it is stored
 *
 * The regional level acts on cars between 220 and 420 m: a car and up to two neighbours. `memory` grows by
 * what was carried out there and keeps the latest 200.
 *
 * Paper: the three levels follow CCMA (arXiv 2503.08199), whose regional level is a fine-tuned language
 * model that sees an image of the road, and whose global level is a language model with retrieval. How
 * they are joined and judged here is our reading: look-ahead in the same simulator stands in for both.
 * Cost: some 10 to 50 ms a scene. Throws RangeError for a hallucination rate outside [0, 1].
 */
export function driveCascade(
	world: World,
	values: DriverValues,
	memory: StoredDecision[],
	options: CascadeOptions,
	stream: Stream
): CascadeRun {
	const { level, hallucination, recalled, substeps } = options;
	if (!(hallucination >= 0 && hallucination <= 1)) {
		throw new RangeError(`driveCascade: hallucination must be in [0, 1], got ${hallucination}`);
	}
	const count = controlledCount(world);
	const all = Array.from({ length: count }, (_, i) => i);
	const snapshot = () => world.cars.map((car) => ({ ...car }));
	const run: CascadeRun = {
		moments: [snapshot()],
		orders: [],
		success: false,
		crashed: false,
		reward: 0
	};
	let sum = 0;
	while (!isOver(world)) {
		const own = all.map((i) => chooseAction(values, world, i, 0, stream));
		let actions = own;
		let by: CascadeLevel[] = all.map(() => 'individual');
		const regional = all.filter((i) => inRegion(world, i));
		if (level !== 'individual' && regional.length > 0) {
			const advice = adviseRegions(world, own, regional, options, stream);
			actions = advice;
			by = all.map((i) => (advice[i] === own[i] ? 'individual' : 'regional'));
			if (level === 'global') {
				const worth = (orders: MetaAction[]) => foresee(world, orders, all, JUDGED, substeps);
				const candidates: { orders: MetaAction[]; by: CascadeLevel[] }[] = [
					{ orders: own, by: all.map(() => 'individual') }
				];
				if (recalled > 0) {
					const remembered = own.map((action, i) =>
						regional.includes(i) ? (recallOrder(world, i, memory, recalled) ?? action) : action
					);
					candidates.push({ orders: remembered, by: all.map(() => 'global') });
				}
				let best = { orders: actions, by };
				let bestWorth = worth(actions);
				for (const candidate of candidates) {
					const promise = worth(candidate.orders);
					if (promise > bestWorth + 1e-9) [best, bestWorth] = [candidate, promise];
				}
				actions = best.orders;
				by = best.by;
				for (const i of regional) {
					memory.push({ features: decisionFeatures(world, i), action: actions[i] });
				}
				memory.splice(0, memory.length - MOST_STORED);
			}
		}
		run.orders.push(actions.map((action, i) => ({ action, by: by[i] })));
		for (let done = 0; done < substeps && !isOver(world); done += SHOWN) {
			decide(world, done === 0 ? actions : [], Math.min(SHOWN, substeps - done));
			run.moments.push(snapshot());
		}
		sum += worldRewards(world).global[0];
	}
	run.success = hasMerged(world);
	run.crashed = world.cars.some((car) => car.controlled && car.crashed);
	run.reward = sum / run.orders.length;
	return run;

	function adviseRegions(
		now: World,
		base: readonly MetaAction[],
		regional: readonly number[],
		{ depth: far }: CascadeOptions,
		draws: Stream
	): MetaAction[] {
		let orders = [...base];
		const settled = new Set<number>();
		for (const i of regional) {
			if (settled.has(i)) continue;
			const near = controlledNeighbours(now, i).filter(
				(j) => !settled.has(j) && Math.abs(now.cars[j].x - now.cars[i].x) < REACH
			);
			const members = [i, ...near].slice(0, MEMBERS);
			orders = lookAhead(now, orders, members, far, substeps);
			for (const j of members) {
				settled.add(j);
				if (hallucination > 0 && draws.uniform() < hallucination) {
					const open = legalActions(now.cars[j]);
					orders[j] = open[draws.int(open.length)];
				}
			}
		}
		return orders;
	}
}
