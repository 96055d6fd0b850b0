import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { hashOf } from './hash.js';
import { pageNeeds } from './pageNeeds.js';

const LIST = '_app/files.json';
const WORKER = 'service-worker.js';
/** The version that src/service-worker.ts is written with. */
const UNSET = 'VERSION-HERE';

/**
 * What no page of a host ever asks for: SvelteKit's own start, unused where pages are HTML, and the
 * scripts for pages of a disk.
 */
const UNASKED =
	/^_app\/(immutable\/(entry|nodes)\/|classic\/(?!start\.js)|version\.json$)|(^|\/)\./;

/** Pages that are kept from the first visit on. */
const ALWAYS = ['index.html', 'offline/index.html', 'settings/index.html'];

/**
 * Writes the list of the finished build that the service worker keeps copies by, with bytes and hash
 * of each file and what each page needs, and puts the list's own hash, which is the version of the
 * site, into the worker: equal builds are one version.
 * @param {string} folder
 */
export function listFiles(folder) {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(join(folder, name)).isFile())
		.map((name) => name.split(sep).join('/'))
		.filter((path) => path !== LIST && path !== WORKER && !UNASKED.test(path))
		.sort();
	const needs = pageNeeds(folder, paths);
	const shell = new Set(ALWAYS.flatMap((page) => [...(needs.get(page) ?? [])]));
	const place = new Map(paths.map((path, at) => [path, at]));
	/** @param {Iterable<string>} files */
	const places = (files) => [...files].map((file) => place.get(file));
	const list = JSON.stringify({
		files: Object.fromEntries(
			paths.map((path) => {
				const content = readFileSync(join(folder, path));
				return [path, [content.byteLength, hashOf(content)]];
			})
		),
		shell: places(shell),
		needs: Object.fromEntries(
			[...needs].map(([page, files]) => [
				page,
				places([page, ...[...files].filter((file) => file !== page && !shell.has(file))])
			])
		)
	});
	const worker = readFileSync(join(folder, WORKER), 'utf8');
	const before = existsSync(join(folder, LIST)) ? hashOf(readFileSync(join(folder, LIST))) : UNSET;
	if (!worker.includes(before)) throw new Error(`${WORKER} does not name its version, ${before}.`);
	writeFileSync(join(folder, WORKER), worker.replaceAll(before, hashOf(list)));
	writeFileSync(join(folder, LIST), list);
}
