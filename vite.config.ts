import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { hostScript } from './tools/vite/hostScript.js';
import { scriptEntries } from './tools/vite/scriptEntries.js';
import { katexInDevelopment } from './tools/vite/katexInDevelopment.js';
import { lessonsStayHtml } from './tools/vite/lessonsStayHtml.js';
import { playerChunk } from './tools/vite/playerChunk.js';
import { reloadPages } from './tools/vite/reloadPages.js';

export default defineConfig({
	plugins: [
		lessonsStayHtml(),
		sveltekit(),
		scriptEntries(),
		hostScript(),
		playerChunk(),
		katexInDevelopment(),
		reloadPages()
	],
	worker: { format: 'es' },
	// Lists of what each widget preloads would be half of every page's script.
	build: { target: 'es2022', modulePreload: false }
});
