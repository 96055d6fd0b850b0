import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosePort } from './port.js';
import { install, newest } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
const port = choosePort(process.argv.slice(2), 4173);
install();

const SOURCES = [
	'content',
	'seeds',
	'src',
	'static',
	'tools',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];
const STAMP = 'build/.built-from';

/** @param {string} path */
const children = (path) =>
	statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
const stamp = String(Math.max(...SOURCES.map((path) => newest(path, children))));

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp) {
	console.log('Building the site…');
	const { build } = await import('./build.js');
	if (!(await build())) process.exit(1);
	writeFileSync(STAMP, stamp);
}

const { serveFolder } = await import('./serve.js');
serveFolder('build')
	.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
		const taken = error.code === 'EADDRINUSE';
		console.error(
			taken
				? `Port ${port} is taken. Choose another: npm start -- --port ${port + 1}`
				: error.message
		);
		process.exit(1);
	})
	.listen(port, () => {
		console.log(`Rollout is at http://localhost:${port}`);
		console.log('Another port: npm start -- --port 8080. Stop with Ctrl+C.');
	});
