import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** Measurements, each a ratio taken side by side: `npm run bench`. */
export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['tests/bench/**/*.bench.test.ts'],
		fileParallelism: false,
		testTimeout: 300_000,
		hookTimeout: 120_000
	}
});
