import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eachFrame } from '../../src/ui/eachFrame';

let frames: (() => void)[];

/** What the browser does before it draws. */
function frame() {
	for (const callback of frames.splice(0)) callback();
}

beforeEach(() => {
	frames = [];
	vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
});
afterEach(() => vi.unstubAllGlobals());

test('the first acts at once; of what comes before the frame the last counts', () => {
	const seen: number[] = [];
	const move = eachFrame((x: number) => seen.push(x));
	move.soon(1);
	expect(seen).toEqual([1]);
	move.soon(2);
	move.soon(3);
	expect(seen).toEqual([1]);
	frame();
	expect(seen).toEqual([1, 3]);
	move.soon(4);
	frame();
	expect(seen).toEqual([1, 3, 4]);
	frame();
	move.soon(5);
	expect(seen).toEqual([1, 3, 4, 5]);
});

test('what ends a gesture acts at once, and what waited is forgotten', () => {
	const seen: string[] = [];
	const move = eachFrame((x: number, phase: string) => seen.push(`${x} ${phase}`));
	move.soon(1, 'input');
	move.soon(2, 'input');
	move.now(3, 'change');
	frame();
	frame();
	expect(seen).toEqual(['1 input', '3 change']);
});

test('an act that asks for more gets it in the next frame, and an error does not hold up the rest', () => {
	const seen: number[] = [];
	const count = eachFrame((x: number) => {
		seen.push(x);
		if (x < 3) count.soon(x + 1);
		if (x === 9) throw new Error('broken');
	});
	count.soon(1);
	frame();
	frame();
	expect(seen).toEqual([1, 2, 3]);
	frame();
	expect(() => count.soon(9)).toThrow('broken');
	frame();
	count.soon(4);
	expect(seen).toEqual([1, 2, 3, 9, 4]);
});
