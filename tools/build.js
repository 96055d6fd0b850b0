import { checkPages } from './checkPages.js';
import { runTool } from './run.js';
import { trimKatex } from './trimKatex.js';

/** Builds the site into build/ and checks its pages. */
export async function build() {
	if (!runTool('vite', ['build', '--logLevel', 'warn'])) return false;
	await trimKatex('build');
	return checkPages('build');
}

if (process.argv[1] === import.meta.filename) process.exit((await build()) ? 0 : 1);
