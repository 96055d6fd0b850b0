/** Shorter moves are taps; steeper ones scroll. */
const SHORTEST = 60;
const STEEPEST = 0.5;

/** Where a finger drags something itself. */
const OWN = '.island figure, .table, pre, .katex-display, input';

/** Calls back when one finger is drawn across to a side. */
export function onSwipe(area: HTMLElement, swiped: (towards: 'left' | 'right') => void): void {
	let start: Touch | undefined;
	area.addEventListener(
		'touchstart',
		({ touches, target }) => {
			const own = target instanceof Element && target.closest(OWN);
			start = touches.length === 1 && !own ? touches[0] : undefined;
		},
		{ passive: true }
	);
	area.addEventListener('touchend', ({ changedTouches: [end] }) => {
		if (!start) return;
		const across = end.clientX - start.clientX;
		const down = end.clientY - start.clientY;
		start = undefined;
		if (Math.abs(across) < SHORTEST || Math.abs(down) > STEEPEST * Math.abs(across)) return;
		swiped(across < 0 ? 'left' : 'right');
	});
}
