import { rolldown } from 'rolldown';

async function bundled() {
	const bundle = await rolldown({ input: 'src/embed/host.ts' });
	const { output } = await bundle.generate({ format: 'iife', minify: true });
	return output[0].code;
}

/**
 * Builds src/embed/host.ts as host.js in the site's root: one classic script, for it stands in pages
 * of others.
 * @returns {import('vite').Plugin}
 */
export function hostScript() {
	return {
		name: 'host-script',
		applyToEnvironment: (environment) => environment.name === 'client',
		configureServer(server) {
			server.middlewares.use('/host.js', (_request, response, next) => {
				response.setHeader('content-type', 'text/javascript');
				bundled().then((code) => response.end(code), next);
			});
		},
		async generateBundle() {
			this.emitFile({ type: 'asset', fileName: 'host.js', source: await bundled() });
		}
	};
}
