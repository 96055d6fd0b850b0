import { svelte } from '@sveltejs/vite-plugin-svelte';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';
import config from '../svelte.config.js';

const ROOT = join(import.meta.dirname, '..');
const ENTRIES = ['src/site/islands.ts', 'src/player/run.worker.ts', 'src/lab/lab.worker.ts'];

const NEW_WORKER =
	/new Worker\(\s*new URL\('\.\/([\w.]+)\.ts', import\.meta\.url\),\s*\{ type: 'module' \}\s*\)/g;
const ROLLOUT_WORKER = /rollout\.worker\(([`'"])(.+?)\1\)/g;
/** What the bundler makes of `import()` in this format. */
const LATER = /Promise\.resolve\(\)\.then\(\(\)=>require\(("\.\/[^"]+")\)\)/g;

/**
 * Workers are made by the loader, from chunks that the page holds.
 * @returns {import('vite').Plugin}
 */
function workersFromChunks() {
	return {
		name: 'workers-from-chunks',
		enforce: 'pre',
		transform(code, id) {
			if (!code.includes('new Worker(') || id.includes('node_modules')) return;
			const text = code.replace(NEW_WORKER, 'globalThis.rollout.worker("./$1.js")');
			if (text.includes('new Worker(')) {
				this.error('A worker is opened in a form that tools/classicScripts.js does not know.');
			}
			return text;
		}
	};
}

/**
 * Names the two chunks of a widget after it.
 * @param {{ name: string; facadeModuleId?: string | null }} chunk
 */
function chunkName({ name, facadeModuleId }) {
	const widget = /\/src\/widgets\/([^/]+)\/(spec|View)\./.exec(facadeModuleId ?? '');
	return widget ? `${widget[1]}.${widget[2]}.js` : `${name}.js`;
}

/**
 * Writes the page's script and the workers once more, as classic scripts for src/package/loader.js
 * with a list of which chunk needs which: they work where ES modules do not load, from a disk and
 * inside a single file. Page and workers share their chunks.
 * @param {string} folder
 */
export async function writeClassicScripts(folder) {
	const { alias = {} } = config.kit ?? {};
	const built = await build({
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: 'warn',
		resolve: {
			alias: Object.fromEntries(
				Object.entries(alias).map(([name, path]) => [name, join(ROOT, path)])
			)
		},
		plugins: [workersFromChunks(), svelte({ configFile: false, emitCss: false })],
		build: {
			write: false,
			target: 'es2022',
			minify: true,
			lib: { entry: ENTRIES, formats: ['cjs'] },
			rolldownOptions: {
				checks: { pluginTimings: false },
				output: { entryFileNames: '[name].js', chunkFileNames: chunkName }
			}
		}
	});
	const [{ output }] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (built);
	const target = join(folder, '_app', 'classic');
	mkdirSync(target, { recursive: true });
	/** @type {Record<string, { needs: string[]; later: string[] }>} */
	const chunks = {};
	for (const chunk of output) {
		if (chunk.type !== 'chunk') throw new Error(`${chunk.fileName}: only scripts were expected`);
		const id = `./${chunk.fileName}`;
		const needs = chunk.imports.map((name) => `./${name}`);
		for (const [, , worker] of chunk.code.matchAll(ROLLOUT_WORKER)) needs.push(worker);
		/** @type {string[]} */
		const later = [];
		const code = chunk.code.replace(LATER, (_, asked) => {
			later.push(JSON.parse(asked));
			return `rollout.load(${asked})`;
		});
		if (new Set(later).size !== new Set(chunk.dynamicImports).size) {
			throw new Error(`${id}: an import() has a form that tools/classicScripts.js does not know`);
		}
		chunks[id] = { needs, later };
		const lists = `${JSON.stringify(needs)},${JSON.stringify(later)}`;
		writeFileSync(
			join(target, chunk.fileName),
			`rollout.define("${id}",${lists},function(require,exports){"use strict";${code}});\n`
		);
	}
	writeFileSync(join(target, 'chunks.json'), JSON.stringify(chunks));
	const loader = join(ROOT, 'src/package/loader.js');
	copyFileSync(loader, join(target, basename(loader)));
}
