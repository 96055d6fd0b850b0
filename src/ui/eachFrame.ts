/**
 * Lets a hand that moves faster than the page draws cost one piece of work a frame. The first call
 * acts at once; what comes until the next frame waits for it, and only the last of it counts.
 */
export function eachFrame<Given extends unknown[]>(act: (...given: Given) => void) {
	let waiting: Given | undefined;
	let drawing = false;

	function next() {
		drawing = waiting !== undefined;
		if (!waiting) return;
		const given = waiting;
		waiting = undefined;
		requestAnimationFrame(next);
		act(...given);
	}

	return {
		soon(...given: Given): void {
			waiting = given;
			if (!drawing) next();
		},
		/** Acts at once, in place of what waits. */
		now(...given: Given): void {
			waiting = undefined;
			act(...given);
		}
	};
}
