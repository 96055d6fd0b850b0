import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { simdModule } from '../../../tools/compileSimd.js';

test('the committed WebAssembly is a fresh compile of its source', async () => {
	expect(readFileSync('src/kernels/lm/simdBytes.ts', 'utf8')).toBe(await simdModule());
});
