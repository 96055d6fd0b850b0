import { rolldown } from 'rolldown';

/**
 * Builds src/embed/host.ts as host.js in the site's root: one classic script, for it stands in pages
 * of others.
 * @returns {import('vite').Plugin}
 */
export function hostScript() {
	return {
		name: 'host-script',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		async generateBundle() {
			const bundle = await rolldown({ input: 'src/embed/host.ts' });
			const { output } = await bundle.generate({ format: 'iife', minify: true });
			this.emitFile({ type: 'asset', fileName: 'host.js', source: output[0].code });
		}
	};
}
