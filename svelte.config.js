import adapter from '@sveltejs/adapter-static';
import { lessonPreprocessor } from './src/content/preprocess.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	extensions: ['.svelte', '.md'],
	preprocess: [lessonPreprocessor()],
	// Each page carries the styles of just the components that it shows, also without JavaScript.
	vitePlugin: { emitCss: false },
	kit: {
		adapter: adapter({ strict: true }),
		alias: {
			$kernels: 'src/kernels',
			$plot: 'src/plot',
			$ui: 'src/ui',
			$widgets: 'src/widgets',
			$player: 'src/player',
			$embed: 'src/embed',
			$lms: 'src/lms',
			$lab: 'src/lab',
			$make: 'src/make',
			$package: 'src/package',
			$content: 'src/content',
			$site: 'src/site',
			$lessons: 'content',
			$seeds: 'seeds'
		},
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['none']
			}
		},
		paths: { relative: true },
		// Pages register the service worker themselves (src/site/offline/).
		serviceWorker: { register: false },
		// A build is known by its content (tools/listFiles.js); the time of day is no part of it.
		version: { name: 'rollout' },
		prerender: {
			handleMissingId: 'fail',
			handleUnseenRoutes: 'fail',
			handleHttpError({ path, message }) {
				// Cut to what the pages use, after they are made: tools/trimKatex.js.
				if (!path.startsWith('/_app/katex/')) throw new Error(message);
			}
		}
	}
};
