import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FIGURE = join(ROOT, 'src/player/wakeFigure.ts');
const PAGE = join(ROOT, 'src/site/islands.ts');

/**
 * Puts what every live figure needs into one chunk: small ones cost more than they hold. What the
 * page's own script needs stays outside, or each page would load the player at once.
 * @returns {import('vite').Plugin}
 */
export function playerChunk() {
	return {
		name: 'player-chunk',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		outputOptions(options) {
			/** @type {Set<string> | undefined} */
			let own;
			return {
				...options,
				codeSplitting: {
					groups: [
						{
							name(id, modules) {
								if (!own) {
									const early = reach(PAGE, modules);
									own = new Set([...reach(FIGURE, modules)].filter((id) => !early.has(id)));
								}
								return own.has(id) ? 'player' : null;
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
