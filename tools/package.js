import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { diskPage, START } from '../src/package/diskPage.js';
import { isStandard } from '../src/package/lms/courseFiles.js';
import { courseZip } from '../src/package/lms/courseZip.js';
import { nearest } from '../src/package/nearest.js';
import { singleFile } from '../src/package/singleFile.js';
import { buildIfStale, STAMP } from './freshBuild.js';
import { listFiles } from './listFiles.js';
import { pagesOf } from './pages.js';
import { install } from './run.js';
import { siteIn } from './siteIn.js';
import { stampAddresses } from './stampAddresses.js';

const FOLDER = 'packages';
const USAGE = `npm run package -- widget <name>   one figure as one HTML file
npm run package -- lesson <slug>   one lesson as one HTML file
npm run package -- site            the whole tutorial as a zip, for a disk or any host
npm run package -- scorm12 <name or slug>     a figure or a lesson for a learning platform,
npm run package -- scorm2004 <name or slug>   which takes completion, score and the work done
npm run package -- cmi5 <name or slug>
   --mastery 70           percent of the questions to answer rightly; without it there is no pass or fail
   --title "…"            the name of the course
   --settings "beta=2"    options and settings, as in the address of the page`;

/**
 * Makes a folder of the built site that works opened from a disk as it works from a host.
 * @param {string} from
 * @param {string} to
 */
export function writeDiskSite(from, to) {
	cpSync(from, to, { recursive: true, filter: (path) => path !== STAMP });
	for (const page of pagesOf(to)) writeFileSync(page, diskPage(readFileSync(page, 'utf8')));
	const classic = join(to, '_app', 'classic');
	const loader = readFileSync(join(classic, 'loader.js'), 'utf8');
	writeFileSync(join(classic, 'start.js'), loader + START);
	stampAddresses(to);
	listFiles(to);
}

/**
 * The files of a folder as a zip that unpacks into one folder.
 * @param {string} folder
 */
function zipOf(folder) {
	/** @type {Record<string, Uint8Array>} */
	const files = {};
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const path = join(folder, name);
		if (statSync(path).isFile()) {
			files[[basename(folder), ...name.split(sep)].join('/')] = readFileSync(path);
		}
	}
	return zipSync(files);
}

/**
 * Ends the process with a sentence where a page of this name is not in the site.
 * @param {string} kind
 * @param {string[]} folders where the pages of this kind are
 * @param {string | undefined} name
 */
function checkName(kind, folders, name) {
	const names = folders.flatMap((folder) => readdirSync(join('build', folder)));
	if (name !== undefined && names.includes(name)) return;
	const close = nearest(name ?? '', names).join(', ');
	console.error(
		name === undefined
			? `Which ${kind}? One of: ${names.join(', ')}.`
			: `There is no ${kind} “${name}”. Did you mean one of: ${close}?`
	);
	process.exit(1);
}

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 */
function write(name, content) {
	mkdirSync(FOLDER, { recursive: true });
	const path = join(FOLDER, name);
	writeFileSync(path, content);
	/** @param {number} bytes */
	const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
	const bytes = Buffer.from(content);
	console.log(`${path}: ${kB(bytes.length)}, ${kB(gzipSync(bytes).length)} compressed`);
}

/** @type {Record<string, string>} */
const PAGES = { widget: 'embed', lesson: 'lessons' };

/**
 * @param {'scorm12' | 'scorm2004' | 'cmi5'} standard
 * @param {string | undefined} name
 * @param {Record<string, string | undefined>} choice
 */
async function writeCourse(standard, name, { mastery, title, settings }) {
	const share = mastery === undefined ? undefined : Math.round(Number(mastery) * 100) / 10_000;
	if (share !== undefined && !(share >= 0 && share <= 1)) {
		console.error(`--mastery takes a number from 0 to 100, not “${mastery}”.`);
		process.exit(1);
	}
	const lesson = name !== undefined && readdirSync('build/lessons').includes(name);
	if (!lesson) checkName('lesson or figure', ['lessons', 'embed'], name);
	const page = `${lesson ? 'lessons' : 'embed'}/${name}/`;
	const choice = { standard, mastery: share, title, settings };
	write(`rollout-${name}-${standard}.zip`, await courseZip(siteIn('build'), page, choice));
}

/** @param {string[]} args */
function readArguments(args) {
	const text = /** @type {const} */ ({ type: 'string' });
	const options = { mastery: text, title: text, settings: text };
	try {
		return parseArgs({ args, allowPositionals: true, options });
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
		process.exit(1);
	}
}

/** @param {string[]} args */
async function main(args) {
	const { values, positionals } = readArguments(args);
	const [kind, name] = positionals;
	if (isStandard(kind)) {
		await buildIfStale();
		return writeCourse(kind, name, values);
	}
	if (kind !== 'site' && !Object.hasOwn(PAGES, kind ?? '')) {
		console.error(kind ? `“${kind}” is not a kind of package.\n${USAGE}` : USAGE);
		process.exit(1);
	}
	await buildIfStale();
	if (kind === 'site') {
		const folder = join(mkdtempSync(join(tmpdir(), 'rollout-')), 'rollout');
		writeDiskSite('build', folder);
		write('rollout-site.zip', zipOf(folder));
		return rmSync(dirname(folder), { recursive: true });
	}
	checkName(kind, [PAGES[kind]], name);
	write(`rollout-${name}.html`, await singleFile(siteIn('build'), `${PAGES[kind]}/${name}/`));
}

if (process.argv[1] === import.meta.filename) {
	process.chdir(join(import.meta.dirname, '..'));
	install();
	await main(process.argv.slice(2));
}
