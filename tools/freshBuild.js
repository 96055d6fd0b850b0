import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newest } from './run.js';

const SOURCES = [
	'content',
	'seeds',
	'src',
	'static',
	'tools',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];

/** Holds the stamp of the sources that build/ was made from. */
export const STAMP = 'build/.built-from';

/** @param {string} path */
const children = (path) =>
	statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];

/** What tells one state of the sources from another. */
export function stampOfSources() {
	return String(Math.max(...SOURCES.map((path) => newest(path, children))));
}

/** Builds the site unless build/ is of the sources as they are; ends the process where that fails. */
export async function buildIfStale() {
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampOfSources()) return;
	console.log('Building the site…');
	const { build } = await import('./build.js');
	if (!(await build())) process.exit(1);
}
