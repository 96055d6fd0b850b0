import { join } from 'node:path';
import { choosePort } from './port.js';
import { install } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
const port = choosePort(process.argv.slice(2), 4173);
install();

const { buildIfStale } = await import('./freshBuild.js');
await buildIfStale();

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
