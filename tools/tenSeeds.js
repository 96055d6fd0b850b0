/**
 * Trains every algorithm of the Lab with its defaults on ten seeds, and writes what share of the
 * tries at held-out problems was right to src/lab/tenSeeds.json, from which the Lab tells it.
 * Half an hour on one core; what stands there for the same settings is kept, so it can be stopped
 * and goes on.
 *
 *     node tools/tenSeeds.js [algorithm …]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const FILE = join(ROOT, 'src/lab/tenSeeds.json');
const SEEDS = 10;
const style = { ...(await resolveConfig(FILE)), parser: 'json' };

const kernel = async (/** @type {string} */ name) =>
	(await runnerImport(join(ROOT, `src/kernels/lab/${name}.ts`), { configFile: false })).module;
const { algorithms } = await kernel('algorithms');
const { labConfig } = await kernel('labConfig');
const { copyState, labModel, startState } = await kernel('labState');
const { trainLab } = await kernel('trainLab');

/** @type {Record<string, { settings: object, seeds: Record<number, number[]> }>} */
const measured = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(algorithms);
const round = (/** @type {number} */ share) => Number(share.toFixed(4));

/** Runs of one seed whose models are alike have their supervised steps in common. */
let supervised = new Map();

/** pass@1 after the supervised steps and at each test on the way to the last step of RL. */
function train(/** @type {ReturnType<typeof labConfig>} */ config) {
	const model = JSON.stringify(labModel(config));
	let state = startState(config);
	if (supervised.has(model)) {
		state = { ...copyState(supervised.get(model)), config, plan: { config, changes: [] } };
	}
	for (const { record } of trainLab(state)) {
		if (record.phase === 'sft' && record.step === config.sftSteps) {
			supervised.set(model, copyState(state));
		}
	}
	return state.records
		.filter(({ passAt1 }) => passAt1 >= 0)
		.filter(({ phase, step }) => phase === 'rl' || step === config.sftSteps)
		.map(({ passAt1 }) => round(passAt1));
}

for (let seed = 1; seed <= SEEDS; seed++) {
	supervised = new Map();
	for (const name of names) {
		const config = labConfig({ algorithm: name, seed });
		const settings = { ...config, seed: undefined };
		if (JSON.stringify(measured[name]?.settings) !== JSON.stringify(settings)) {
			measured[name] = { settings, seeds: {} };
		}
		const { seeds } = measured[name];
		if (!seeds[seed]) {
			seeds[seed] = train(config);
			writeFileSync(FILE, await format(JSON.stringify(measured, null, '\t'), style));
		}
		console.log(`${name}, seed ${seed}: ${seeds[seed].join(' ')}`);
	}
}
