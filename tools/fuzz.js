import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, runTool } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
install();

const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '60' },
		seed: { type: 'string', default: '1' },
		only: { type: 'string' }
	}
});

const { findBrowser } = await import('./findBrowser.js');
process.env.CHROMIUM_PATH = findBrowser();
process.env.FUZZ_SECONDS = values.seconds;
process.env.FUZZ_SEED = values.seed;
if (values.only) process.env.FUZZ_ONLY = values.only;

const { buildIfStale } = await import('./freshBuild.js');
await buildIfStale();

const files = ['run', '--config', 'vitest.browser.config.ts', 'tests/browser/fuzz'];
process.exit(runTool('vitest', [...files, '--maxWorkers=1']) ? 0 : 1);
