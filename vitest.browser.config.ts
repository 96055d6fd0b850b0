import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take a minute and more, the longest first. */
const LONGEST = ['pages', 'state', 'keyboard', 'budgets', 'axe'];

/** A fresh clone has no record of earlier runs: a long file that came last would keep one core idle. */
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ moduleId }: TestSpecification) => {
			const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
			return at < 0 ? LONGEST.length : at;
		};
		return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
	}
}

/** Tests of the built site in a real Chromium: `npm run build` first, or `npm test` for all. */
export default defineConfig({
	test: {
		include: ['tests/browser/**/*.test.ts'],
		maxWorkers: 2,
		sequence: { sequencer: LongestFirst },
		testTimeout: 60_000,
		hookTimeout: 60_000
	}
});
