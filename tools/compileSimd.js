import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { format, resolveConfig } from 'prettier';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = join(ROOT, 'src/kernels/lm/simd');
const TARGET = join(ROOT, 'src/kernels/lm/simdBytes.ts');

/**
 * The language model's WebAssembly, from the AssemblyScript in src/kernels/lm/simd. The files end in
 * .as, not .ts as the compiler expects, because no TypeScript tool can read their types.
 */
export async function compileSimd() {
	const names = readdirSync(SOURCES)
		.filter((name) => name.endsWith('.as'))
		.sort();
	/** @type {Uint8Array} */
	let binary = new Uint8Array();
	const { error, stderr } = await asc.main(
		[
			...names.map((name) => name.replace(/\.as$/, '.ts')),
			'--outFile=simd.wasm',
			'-O3',
			'--noAssert',
			'--runtime=stub',
			'--importMemory',
			'--enable=simd',
			'--use=abort='
		],
		{
			readFile: (name) => {
				const own = name.replace(/\.ts$/, '.as');
				return names.includes(own) ? readFileSync(join(SOURCES, own), 'utf8') : null;
			},
			writeFile: (_name, contents) => {
				if (typeof contents !== 'string') binary = contents;
			},
			listFiles: () => []
		}
	);
	if (error) throw new Error(`compileSimd: ${error.message}\n${stderr}`);
	return binary;
}

/** The module src/kernels/lm/simdBytes.ts as a fresh compile makes it. */
export async function simdModule() {
	const text = Buffer.from(await compileSimd()).toString('base64');
	const source = `/** The WebAssembly of simd/*.as in base64, written by \`node tools/compileSimd.js\`. */\nexport const simdBytes = '${text}';\n`;
	return format(source, { ...(await resolveConfig(TARGET)), parser: 'typescript' });
}

if (process.argv[1] === import.meta.filename) writeFileSync(TARGET, await simdModule());
