import type { Engine } from '../../../src/kernels/lm/engine';

export const engines: Engine['name'][] = ['typescript', 'wasm'];
