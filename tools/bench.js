import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { install, runTool } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
install();

const { findBrowser } = await import('./findBrowser.js');
process.env.CHROMIUM_PATH = findBrowser();

mkdirSync('bench-results', { recursive: true });
const started = performance.now();
const { build } = await import('./build.js');
if (!(await build())) process.exit(1);
process.env.BUILD_SECONDS = String((performance.now() - started) / 1000);

process.exit(
	runTool('vitest', ['run', '--config', 'vitest.bench.config.ts', '--reporter=default']) ? 0 : 1
);
