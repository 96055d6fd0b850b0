import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['firefox-esr', 'firefox'];
const ELSEWHERE = [
	'/Applications/Firefox.app/Contents/MacOS/firefox',
	'C:\\Program Files\\Mozilla Firefox\\firefox.exe'
];

function onMachine() {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [...paths, ...ELSEWHERE].find((path) => existsSync(path));
}

/** @param {string[]} args */
const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit' }).status === 0;

/**
 * The path of a Firefox for the tests: FIREFOX_PATH, one on the machine, or Debian's, installed now.
 * Undefined, with a sentence, where none can be had: its tests are then skipped and counted as such.
 */
export function findFirefox() {
	const given = process.env.FIREFOX_PATH;
	if (given && !existsSync(given)) {
		console.error(`FIREFOX_PATH is “${given}”, and nothing is there. Mend it or unset it.`);
		process.exit(1);
	}
	const found = given || onMachine();
	if (found) return found;
	const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
	if (
		debianRoot &&
		apt('update') &&
		apt('install', '-y', '--no-install-recommends', 'firefox-esr')
	) {
		return onMachine();
	}
	console.warn(
		'No Firefox was found, so its tests are skipped: install one, or set FIREFOX_PATH to it.'
	);
	return undefined;
}
