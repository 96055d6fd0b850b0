import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../../src/player/settle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('acts once, when its cause has been quiet for the time given', () => {
	const act = vi.fn();
	const settling = settle(100, act);
	for (let i = 0; i < 5; i++) {
		settling.touch();
		vi.advanceTimersByTime(60);
	}
	expect(act).not.toHaveBeenCalled();
	vi.advanceTimersByTime(40);
	expect(act).toHaveBeenCalledTimes(1);
	vi.advanceTimersByTime(1000);
	expect(act).toHaveBeenCalledTimes(1);
});

test('can be stopped, and started again', () => {
	const act = vi.fn();
	const settling = settle(100, act);
	settling.touch();
	settling.stop();
	vi.advanceTimersByTime(1000);
	expect(act).not.toHaveBeenCalled();
	settling.touch();
	vi.advanceTimersByTime(100);
	expect(act).toHaveBeenCalledTimes(1);
});
