import { defineConfig } from 'vitest/config';

/** Tests of the built site in a real Chromium: `npm run build` first, or `npm test` for all. */
export default defineConfig({
	test: {
		include: ['tests/browser/**/*.test.ts'],
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 60_000
	}
});
