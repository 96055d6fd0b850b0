import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';

const katex = dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'));

/**
 * Serves KaTeX's style sheet and fonts whole while developing; the build cuts them to what the
 * pages use (tools/trimKatex.js).
 * @returns {import('vite').Plugin}
 */
export function katexInDevelopment() {
	return {
		name: 'katex-in-development',
		apply: 'serve',
		configureServer(server) {
			server.middlewares.use('/_app/katex', (request, response, next) => {
				const name = normalize(decodeURIComponent((request.url ?? '').split('?')[0]));
				if (!/^\/(katex\.min\.css|fonts\/[\w-]+\.woff2)$/.test(name)) return next();
				response.setHeader('content-type', name.endsWith('.css') ? 'text/css' : 'font/woff2');
				createReadStream(join(katex, name)).on('error', next).pipe(response);
			});
		}
	};
}
