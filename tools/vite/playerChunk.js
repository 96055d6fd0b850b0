import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FIGURE = join(ROOT, 'src/player/wakeFigure.ts');
const PAGE = join(ROOT, 'src/site/islands.ts');

/**
 * Puts what every live figure needs into one chunk, and what every page needs into another: many
 * small ones cost more than they hold.
 * @returns {import('vite').Plugin}
 */
export function playerChunk() {
	return {
		name: 'player-chunk',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		outputOptions(options) {
			/** @type {Set<string> | undefined} */
			let early;
			/** @type {Set<string> | undefined} */
			let figure;
			return {
				...options,
				codeSplitting: {
					groups: [
						{
							priority: 1,
							name(id, modules) {
								early ??= reach(PAGE, modules);
								return id !== PAGE && early.has(id) ? 'page' : null;
							}
						},
						{
							name(id, modules) {
								figure ??= reach(FIGURE, modules);
								return figure.has(id) ? 'player' : null;
							}
						}
					]
				}
			};
		}
	};
}

/**
 * The modules that one brings with it, itself among them.
 * @param {string} from
 * @param {{ getModuleInfo(id: string): { importedIds: string[] } | null }} modules
 */
function reach(from, modules) {
	const reached = new Set([from]);
	for (const id of reached) {
		for (const other of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(other);
	}
	return reached;
}
