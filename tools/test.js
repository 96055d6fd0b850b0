import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, runAside, runTool } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
install();

const { findBrowser } = await import('./findBrowser.js');
process.env.CHROMIUM_PATH = findBrowser();
const { findFirefox } = await import('./findFirefox.js');
process.env.FIREFOX_PATH = findFirefox() ?? '';

const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {string} name
 * @param {() => boolean | Promise<boolean>} work
 */
async function step(name, work) {
	console.log(`\n— ${name}`);
	const passed = await work();
	if (!passed) console.error(`✗ ${name} failed`);
	return passed;
}

/**
 * Runs a suite and adds the counts of its own report; a suite that ends without one counts as failed.
 * @param {string} name
 * @param {string} config
 */
async function suite(name, config) {
	const report = `test-results/${name}.json`;
	rmSync(report, { force: true });
	const passed = await step(name, () =>
		runTool('vitest', [
			'run',
			'--config',
			config,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${report}`
		])
	);
	if (!existsSync(report)) {
		total.failed += 1;
		return;
	}
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
		readFileSync(report, 'utf8')
	);
	total.passed += numPassedTests;
	total.failed += numFailedTests || (passed ? 0 : 1);
	total.skipped += numPendingTests + numTodoTests;
}

/**
 * @param {string} name
 * @param {() => ReturnType<typeof runAside>} run
 */
async function check(name, run) {
	const passed = await step(name, async () => {
		const { passed, output } = await run();
		process.stdout.write(output);
		return passed;
	});
	if (!passed) total.failed += 1;
	return passed;
}

/**
 * @param {string} name
 * @param {string[]} args
 */
const tool = (name, ...args) => runAside(`node_modules/.bin/${name}`, args);

// One core builds the site while the other checks its sources: each of these tools keeps one busy.
const synced = await check('sync', () => tool('svelte-kit', 'sync'));
const building = runAside('node', ['tools/build.js']);
await check('format', () => tool('prettier', '--check', '--log-level', 'warn', '.'));
await check('lint', () => tool('eslint', '.'));
if (synced) await check('types', () => tool('svelte-check', '--threshold', 'warning'));
const built = await check('build', () => building);
await suite('unit', 'vitest.config.ts');
if (built) await suite('browser', 'vitest.browser.config.ts');

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
