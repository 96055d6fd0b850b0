import { expect, test } from 'vitest';
import { labConfig } from '../../src/kernels/lab/labConfig';
import { withSetting } from '../../src/lab/labSchema';

test('another task or algorithm brings its defaults, and takes those of the one before away', () => {
	const start = { ...labConfig(), beta: 0.3 };
	const there = withSetting(withSetting(start, 'task', 'addition'), 'algorithm', 'dapo');
	expect(there).toEqual({ ...labConfig({ task: 'addition', algorithm: 'dapo' }), beta: 0.3 });
	const back = withSetting(withSetting(there, 'algorithm', 'grpo'), 'task', 'sorting');
	expect(back).toEqual(start);
});

test('any other setting changes alone', () => {
	expect(withSetting(labConfig(), 'epsilon', 0.1)).toEqual({ ...labConfig(), epsilon: 0.1 });
});
