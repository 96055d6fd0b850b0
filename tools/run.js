import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';

/**
 * Runs a command with the reader's terminal; ends the process with its status where it fails.
 * @param {string} command
 * @param {string[]} args
 */
export function run(command, args) {
	const { status } = spawnSync(command, args, { stdio: 'inherit' });
	if (status !== 0) process.exit(status ?? 1);
}

/**
 * Runs a package's command line tool.
 * @param {string} name
 * @param {string[]} args
 */
export function runTool(name, args) {
	return spawnSync(`node_modules/.bin/${name}`, args, { stdio: 'inherit' }).status === 0;
}

/**
 * Runs a command beside others: what it wrote comes in one piece at its end.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
export function runAside(command, args) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		}
		child.on('error', (error) => (output += error.message));
		child.on('close', (code) => resolve({ passed: code === 0, output }));
	});
}

/**
 * Starts a package's command line tool and leaves it running.
 * @param {string} name
 * @param {string[]} args
 */
export function startTool(name, args) {
	const child = spawn(`node_modules/.bin/${name}`, args, { stdio: 'inherit' });
	child.on('exit', (code) => process.exit(code ?? 0));
}

const MARK = 'node_modules/.installed';

/** Installs the packages of the lock file, unless they are there already. */
export function install() {
	const lock = readFileSync('package-lock.json', 'utf8');
	if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lock) return;
	console.log('Installing packages…');
	run('npm', ['ci', '--no-audit', '--no-fund']);
	writeFileSync(MARK, lock);
}

/**
 * The newest change among files and folders, in milliseconds.
 * @param {string} path
 * @param {(path: string) => string[]} list
 * @returns {number}
 */
export function newest(path, list) {
	const { mtimeMs } = statSync(path);
	return Math.max(mtimeMs, ...list(path).map((child) => newest(child, list)));
}
