import type { Engine } from './engine';
import { typescriptEngine } from './typescriptEngine';

/** An engine over `size` numbers, all 0. */
export function createEngine(size: number, name: Engine['name'] = 'typescript'): Engine {
	if (name !== 'typescript') throw new RangeError(`createEngine: no engine ${name}`);
	return typescriptEngine(size);
}
