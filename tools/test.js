import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, runTool } from './run.js';

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
 * @param {() => boolean | Promise<boolean>} work
 */
async function check(name, work) {
	const passed = await step(name, work);
	if (!passed) total.failed += 1;
	return passed;
}

await check('format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.']));
await check('lint', () => runTool('eslint', ['.']));
await check(
	'types',
	() => runTool('svelte-kit', ['sync']) && runTool('svelte-check', ['--threshold', 'warning'])
);
await suite('unit', 'vitest.config.ts');
const { build } = await import('./build.js');
if (await check('build', build)) await suite('browser', 'vitest.browser.config.ts');

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
