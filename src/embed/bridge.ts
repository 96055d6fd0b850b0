import { encodeState, decodeState } from '$player/figureState';
import type { Session } from '$player/session.svelte';
import { THEMES, type EmbedOptions } from './options';
import {
	readMessage,
	TO_FIGURE,
	writeMessage,
	type FromFigure,
	type Message,
	type ToFigure
} from './messages';
import { reports } from './reports';

interface Figure {
	session: Session;
	setTheme(theme: EmbedOptions['theme']): void;
}

/**
 * Talks to the page around a figure's page. Until that page has said `hello`, or the address names
 * it as `host`, it hears only that the figure is ready and how high it is: nothing of the reader.
 */
export class Bridge {
	#figure: Figure | undefined;
	#host: string | undefined;
	#ignored = 0;
	#height = 0;

	constructor(
		private readonly here: Window,
		private readonly expected: string | undefined
	) {
		this.#host = expected;
		here.addEventListener('message', this.#receive);
	}

	/** Opens the conversation. */
	ready(figure: Figure): void {
		this.#figure = figure;
		this.#introduce(false);
		this.#sayHeight();
		// It hears nothing while the frame is out of view: each message brings the height too.
		new ResizeObserver(() => this.#sayHeight()).observe(this.here.document.body);
	}

	#reports = reports(
		() => this.#figure?.session,
		(message) => this.#tell(message)
	);
	onstate = this.#reports.onstate;
	onoutcome = this.#reports.onoutcome;

	onanswer = (question: string, given: string, right: boolean | undefined) =>
		this.#tell({ type: 'answer', question, given, ...(right !== undefined && { right }) });

	onfailure = (reason: string) => this.#tell({ type: 'error', reason });

	#introduce(greeted: boolean): void {
		const { name, title } = this.#figure!.session.spec;
		this.#post(
			{ type: 'ready', widget: name, title, state: this.#state(), greeted },
			this.#host ?? '*'
		);
	}

	#sayHeight(again = false): void {
		const height = Math.ceil(this.here.document.body.getBoundingClientRect().height);
		if (height === 0 || (height === this.#height && !again)) return;
		this.#height = height;
		this.#post({ type: 'resize', height }, this.#host ?? '*');
	}

	#state(): Record<string, string> {
		const { spec, state } = this.#figure!.session;
		return encodeState(spec, state);
	}

	#receive = (event: MessageEvent) => {
		const { here } = this;
		const fromHost = event.source === here.parent && here.parent !== here;
		const allowed = this.expected === undefined || event.origin === this.expected;
		const known = this.#host === undefined || event.origin === this.#host;
		const message = readMessage<ToFigure>(event.data, TO_FIGURE);
		if (!fromHost || !allowed || !known || !message || !this.#figure) {
			this.#ignored++;
			return;
		}
		this.#host = event.origin;
		const wrong = this.#follow(message, this.#figure);
		if (wrong) this.#tell({ type: 'error', reason: wrong });
		if (message.type === 'hello') return;
		this.#tell({ type: 'reply', id: message.id, state: this.#state(), ignored: this.#ignored });
	};

	/** Does what a message asks; a sentence where some of it cannot be done. */
	#follow(message: Message<ToFigure>, { session, setTheme }: Figure): string | undefined {
		switch (message.type) {
			case 'hello':
				this.#introduce(true);
				this.#sayHeight(true);
				if (session.shown) this.#reports.onoutcome(session.shown);
				return;
			case 'get-state':
				return;
			case 'set-state': {
				const { state, notices } = decodeState(session.spec, message.state);
				session.goTo(state);
				return notices.join(' ') || undefined;
			}
			case 'reset':
				session.reset();
				return;
			case 'set-theme': {
				const theme = THEMES.find((name) => name === message.theme);
				if (!theme) return `The theme must be one of ${THEMES.join(', ')}.`;
				setTheme(theme);
			}
		}
	}

	#tell(message: Message<FromFigure>): void {
		if (this.#host === undefined) return;
		this.#post(message, this.#host);
		this.#sayHeight();
	}

	/** A page without an origin, from a disk or a sandbox, can only be reached as anyone. */
	#post(message: Message<FromFigure>, to: string): void {
		const { here } = this;
		if (here.parent === here) return;
		here.parent.postMessage(writeMessage(message), to === 'null' ? '*' : to);
	}
}
