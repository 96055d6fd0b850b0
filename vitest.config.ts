import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/browser/**', 'tests/bench/**'],
		maxWorkers: '100%',
		testTimeout: 60_000
	}
});
