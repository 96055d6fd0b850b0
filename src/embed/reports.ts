import type { Outcome } from '$player/job';
import { encodeState } from '$player/figureState';
import type { Session } from '$player/session.svelte';
import { settle } from '$player/settle';
import type { FromFigure, Message } from './messages';

/** A drag makes a state a frame; a host hears of it once it has been quiet this long, in milliseconds. */
const QUIET = 100;

/** Tells a host of the states and results of a figure. `session` is undefined while there is none. */
export function reports(
	session: () => Session | undefined,
	tell: (message: Message<Pick<FromFigure, 'change' | 'result'>>) => void
) {
	let hasChanged = false;
	let outcome: Outcome | undefined;
	const telling = settle(QUIET, () => {
		const figure = session();
		if (!figure) return;
		const state = encodeState(figure.spec, figure.state);
		if (hasChanged) tell({ type: 'change', state });
		hasChanged = false;
		if (!outcome || figure.busy) return;
		tell({ type: 'result', state, numbers: outcome.numbers[0] });
		outcome = undefined;
	});
	return {
		onstate() {
			hasChanged = true;
			telling.touch();
		},
		onoutcome(next: Outcome) {
			outcome = next;
			telling.touch();
		}
	};
}
