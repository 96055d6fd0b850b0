/**
 * Builds src/site/islands.ts as the one script of every page. Pages are HTML (`csr = false`), so
 * SvelteKit does not know of it.
 * @returns {import('vite').Plugin}
 */
export function islandsEntry() {
	return {
		name: 'islands-entry',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildStart() {
			this.emitFile({ type: 'chunk', id: 'src/site/islands.ts', fileName: '_app/islands.js' });
		}
	};
}
