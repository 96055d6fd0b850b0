/**
 * Reloads the page in the browser when something changes that only the server renders: SvelteKit
 * does not run on these pages, so nothing else would tell them.
 * @returns {import('vite').Plugin}
 */
export function reloadPages() {
	return {
		name: 'reload-pages',
		apply: 'serve',
		hotUpdate({ modules, server }) {
			if (this.environment.name === 'ssr' && modules.length > 0) {
				server.environments.client.hot.send({ type: 'full-reload' });
			}
		}
	};
}
