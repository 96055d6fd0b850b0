import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.resetModules();
});

test('where WebAssembly is refused, TypeScript takes its place without a word', async () => {
	vi.stubGlobal('WebAssembly', {
		Module: class {
			constructor() {
				throw new EvalError('refused by content security policy');
			}
		}
	});
	const { createEngine } = await import('../../../src/kernels/lm/createEngine');
	expect(createEngine(8).name).toBe('typescript');
	expect(() => createEngine(8, 'wasm')).toThrow('wasmEngine: WebAssembly with vectors is refused');
});

test('where it is allowed it is taken', async () => {
	const { createEngine } = await import('../../../src/kernels/lm/createEngine');
	const engine = createEngine(8);
	expect(engine.name).toBe('wasm');
	expect(engine.floats.buffer).toBe(engine.ints.buffer);
	expect(engine.floats.every((x) => x === 0)).toBe(true);
});
