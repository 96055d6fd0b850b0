/**
 * Does something once its cause has been quiet for a while. A cause that comes at each step of a drag
 * costs a time stamp, not a timer: the one that runs looks, when it ends, whether it ended too soon.
 */
export function settle(milliseconds: number, act: () => void) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = 0;
	function look() {
		const left = last + milliseconds - performance.now();
		if (left > 0) {
			timer = setTimeout(look, left);
		} else {
			timer = undefined;
			act();
		}
	}
	return {
		touch() {
			last = performance.now();
			timer ??= setTimeout(look, milliseconds);
		},
		stop() {
			clearTimeout(timer);
			timer = undefined;
		}
	};
}
