import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

function onMachine() {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [...paths, ...ELSEWHERE].find((path) => existsSync(path));
}

const own = () => [chromium.executablePath()].find((path) => existsSync(path));

/**
 * @param {string} command
 * @param {string[]} args
 */
function tried(command, args) {
	console.log(`${command} ${args.join(' ')}`);
	return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/**
 * The path of a Chromium for the tests: CHROMIUM_PATH, Playwright's own, one on the machine, or one
 * that is installed now. Ends the process with a sentence where none can be had.
 */
export function findBrowser() {
	const given = process.env.CHROMIUM_PATH;
	if (given && !existsSync(given)) {
		console.error(`CHROMIUM_PATH is “${given}”, and nothing is there. Mend it or unset it.`);
		process.exit(1);
	}
	const found = given || own() || onMachine();
	if (found) return found;
	console.log('No Chromium was found; installing one for the tests…');
	if (tried('npx', ['playwright', 'install', 'chromium']) && own()) return own();
	const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
	if (
		debianRoot &&
		tried('apt-get', ['update']) &&
		tried('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'])
	) {
		return onMachine();
	}
	console.error(
		'The browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to it, and run npm test again.'
	);
	process.exit(1);
}
