import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPages } from './checkPages.js';
import { writeClassicScripts } from './classicScripts.js';
import { STAMP, stampOfSources } from './freshBuild.js';
import { listFiles, MANIFEST } from './listFiles.js';
import { pagesOf } from './pages.js';
import { runTool } from './run.js';
import { stampAddresses } from './stampAddresses.js';
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

/** Svelte's marks for hydration, and the help of controls that sleep. */
const ASLEEP = /<!--[\s\S]*?-->|<div id="[^"]*-about" popover[^>]*>[\s\S]*?<\/div>/g;

/**
 * Takes away what a figure has only when it is live: it is then drawn anew in the place of its drawing.
 * @param {string} folder
 */
function removeAsleep(folder) {
	for (const page of pagesOf(folder)) {
		writeFileSync(page, readFileSync(page, 'utf8').replace(ASLEEP, ''));
	}
}

/** Builds the site into build/ and checks its pages. */
export async function build() {
	const stamp = stampOfSources();
	if (!runTool('vite', ['build', '--logLevel', 'warn'])) return false;
	removeUnread('build');
	removeAsleep('build');
	await trimKatex('build');
	await writeClassicScripts('build');
	stampAddresses('build');
	listFiles('build', MANIFEST);
	if (!checkPages('build')) return false;
	writeFileSync(STAMP, stamp);
	return true;
}

if (process.argv[1] === import.meta.filename) process.exit((await build()) ? 0 : 1);
