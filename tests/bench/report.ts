import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FILE = 'bench-results/bench.json';

/** Prints a measurement and puts it into bench-results/bench.json. */
export function report(name: string, value: unknown): void {
	console.log(`${name}: ${JSON.stringify(value)}`);
	mkdirSync('bench-results', { recursive: true });
	const all = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
	all[name] = value;
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
}
