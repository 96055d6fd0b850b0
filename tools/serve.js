import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
	'.png': 'image/png',
	'.txt': 'text/plain; charset=utf-8'
};

/**
 * Serves a folder of static files as any school's host would: folders by their index.html, a 404
 * page, nothing else. `base` puts the site under a sub-path.
 * @param {string} folder
 * @param {string} [base] such as "/courses/rollout"
 */
export function serveFolder(folder, base = '') {
	return createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		/** @param {string} file @param {number} status */
		const send = (file, status) => {
			response.writeHead(status, {
				'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
				// Pages elsewhere may load element.js.
				'access-control-allow-origin': '*'
			});
			createReadStream(file).pipe(response);
		};
		const missing = () => send(join(folder, '404.html'), 404);
		let path;
		try {
			path = normalize(decodeURIComponent(pathname));
		} catch {
			return missing();
		}
		if (!path.startsWith(`${base}/`)) return missing();
		const file = join(folder, path.slice(base.length));
		if (!existsSync(file)) return missing();
		if (statSync(file).isFile()) return send(file, 200);
		if (!pathname.endsWith('/')) {
			return response.writeHead(301, { location: `${pathname}/` }).end();
		}
		const index = join(file, 'index.html');
		return existsSync(index) ? send(index, 200) : missing();
	});
}
