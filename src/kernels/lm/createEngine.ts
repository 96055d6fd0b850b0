import type { Engine } from './engine';
import { typescriptEngine } from './typescriptEngine';
import { hasWasmEngine, wasmEngine } from './wasmEngine';

/**
 * An engine over `size` numbers, all 0. Without a name: WebAssembly, or TypeScript where that is
 * refused. Throws RangeError for an unknown name, Error where 'wasm' is asked for and refused.
 */
export function createEngine(size: number, name?: Engine['name']): Engine {
	switch (name ?? (hasWasmEngine() ? 'wasm' : 'typescript')) {
		case 'typescript':
			return typescriptEngine(size);
		case 'wasm':
			return wasmEngine(size);
		default:
			throw new RangeError(`createEngine: name must be 'typescript' or 'wasm', got ${name}`);
	}
}
