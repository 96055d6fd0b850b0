const ENTRIES = {
	/** The one script of every page; pages are HTML (`csr = false`), so SvelteKit does not know of it. */
	'_app/islands.js': 'src/site/islands.ts',
	/** The custom element for pages of others. */
	'element.js': 'src/embed/element.ts'
};

/**
 * Builds the scripts that no route asks for.
 * @returns {import('vite').Plugin}
 */
export function scriptEntries() {
	return {
		name: 'script-entries',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildStart() {
			for (const [fileName, id] of Object.entries(ENTRIES)) {
				this.emitFile({ type: 'chunk', id, fileName });
			}
		}
	};
}
