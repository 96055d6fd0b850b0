import { laneOf, advance, order, type World } from './mergeWorld';
import type { MetaAction } from './metaActions';

/** The environment ends an episode after 20 s. */
export const EPISODE_SECONDS = 20;

export function controlledCount({ cars }: World): number {
	const count = cars.findIndex((car) => !car.controlled);
	return count < 0 ? cars.length : count;
}

/** Carries out one decision for all controlled cars: gives the orders and lets the world run, to a crash at most. */
export function decide(world: World, actions: readonly MetaAction[], substeps: number): void {
	actions.forEach((action, i) => order(world.cars[i], action));
	for (let t = 0; t < substeps && !anyCrash(world); t++) advance(world);
}

export function anyCrash({ cars }: World): boolean {
	for (const car of cars) if (car.controlled && car.crashed) return true;
	return false;
}

export function isOver(world: World): boolean {
	return anyCrash(world) || world.time >= EPISODE_SECONDS - 1e-9;
}

/** No controlled car has crashed and each is on the main road. */
export function hasMerged(world: World): boolean {
	return world.cars.every((car) => !car.controlled || (!car.crashed && laneOf(car) === 'main'));
}
