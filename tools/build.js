import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkPages } from './checkPages.js';
import { runTool } from './run.js';
import { trimKatex } from './trimKatex.js';

/**
 * Takes away SvelteKit's data files: pages are HTML and never ask for them.
 * @param {string} folder
 */
function removeUnread(folder) {
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (name.endsWith('__data.json')) rmSync(join(folder, name));
	}
}

/** Builds the site into build/ and checks its pages. */
export async function build() {
	if (!runTool('vite', ['build', '--logLevel', 'warn'])) return false;
	removeUnread('build');
	await trimKatex('build');
	return checkPages('build');
}

if (process.argv[1] === import.meta.filename) process.exit((await build()) ? 0 : 1);
