import { eachFrame } from '$ui/eachFrame';
import type { Phase } from '$widgets/contract';

/** A place of the pointer in the window. */
export type Hand = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** Taking hold of one of several points by the pointer, moving it and letting it go. */
export class PointDrag {
	/** The point that is held. */
	held = $state<number>();
	/** Where the pointer last was with a point held. */
	#hand: Hand | undefined;
	#drag: ReturnType<typeof eachFrame<[i: number, hand: Hand, phase: Phase]>>;

	constructor(move: (i: number, hand: Hand, phase: Phase) => void) {
		this.#drag = eachFrame(move);
	}

	press(event: PointerEvent & { currentTarget: Element }, i: number): void {
		this.held = i;
		this.#hand = undefined;
		event.currentTarget.setPointerCapture(event.pointerId);
	}

	move = ({ clientX, clientY }: PointerEvent): void => {
		if (this.held === undefined) return;
		this.#hand = { clientX, clientY };
		this.#drag.soon(this.held, this.#hand, 'input');
	};

	release = (): void => {
		if (this.held !== undefined && this.#hand) this.#drag.now(this.held, this.#hand, 'change');
		this.held = undefined;
	};
}
