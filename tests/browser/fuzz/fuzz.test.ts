import { expect, test } from 'vitest';
import { EMBEDS, useSite } from '../site';
import { fuzzWidget, type Fuzzed } from './fuzzWidget';

const site = useSite();

/** Without `npm run fuzz`, a short time for those with most to take hold of. */
const HARD = ['ballot-box', 'tsp-race', 'rigid-motion', 'merge-cascade'];
const only = process.env.FUZZ_ONLY?.split(',');
const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const seed = Number(process.env.FUZZ_SEED ?? 1);

const nameOf = (path: string) => path.split('/').at(-2)!;
const names = only ?? (process.env.FUZZ_SECONDS ? EMBEDS.map(nameOf) : HARD);

/** How much a page may hold more at the end than when it was warm: what engines keep for speed. */
const SLACK = { heap: 1.2e6, worker: 1.2e6, nodes: 150, listeners: 40 };

/** In two seconds a heap grows by what its engine compiles; only a long run tells that from a leak. */
const judged: (keyof typeof SLACK)[] = process.env.FUZZ_SECONDS
	? ['heap', 'worker', 'nodes', 'listeners']
	: ['nodes', 'listeners'];

function tell(name: string, { events, results, addresses, longest, errors, memory }: Fuzzed) {
	const grown = (key: keyof typeof SLACK, by = 1) =>
		memory.map((held) => (held[key] / by).toFixed(by > 1 ? 2 : 0)).join(' → ');
	process.stdout.write(
		`${name}: ${events} events, ${results} results, ${addresses} addresses, longest ${longest.toFixed(0)} ms, ` +
			`${errors.length} errors; heap ${grown('heap', 1e6)} MB, worker ${grown('worker', 1e6)} MB, ` +
			`nodes ${grown('nodes')}, listeners ${grown('listeners')}\n` +
			errors.map((error) => `\t${error}\n`).join('')
	);
}

/**
 * By how much a page has grown, as far as it grew at an even pace: what leaks does so in each third of the
 * time, what an engine or the last things done keep (a city more, the undo of a text field) in one or two.
 */
function growth({ memory }: Fuzzed, key: keyof typeof SLACK): number {
	const steps = memory.slice(1).map((held, i) => held[key] - memory[i][key]);
	return steps.length * Math.min(...steps);
}

test.each(names)(
	'%s stands random events and addresses, and does not grow',
	async (name) => {
		const fuzzed = await fuzzWidget(site, `embed/${name}/`, seconds, seed);
		if (process.env.FUZZ_SECONDS) tell(name, fuzzed);
		expect(fuzzed.errors).toEqual([]);
		expect(fuzzed.events).toBeGreaterThan(0);
		for (const key of judged) {
			expect(growth(fuzzed, key), key).toBeLessThan(SLACK[key]);
		}
	},
	seconds * 1000 + 60_000
);
