/**
 * The script for pages that hold figures in frames, served as host.js: it gives each frame the height
 * of its figure and the property `rollout` to talk to it. It touches only frames of its own site.
 */
import {
	FROM_FIGURE,
	readMessage,
	writeMessage,
	type FromFigure,
	type Message,
	type Settings,
	type ToFigure
} from './messages';

/** A figure that has not answered after this many milliseconds will not. */
const PATIENCE = 10_000;

const script = document.currentScript as HTMLScriptElement | null;
const figures = new URL('embed/', script?.src ?? location.href).href;

type Reply = Omit<FromFigure['reply'], 'id'>;
type Asks = Omit<ToFigure, 'hello'>;
type Request = { [T in keyof Asks]: { type: T } & Omit<Asks[T], 'id'> }[keyof Asks];

/** What a page can ask of the figure in a frame. */
class FramedFigure {
	/** Messages that made no sense or came from elsewhere, and were left aside. */
	ignored = 0;
	/** Fulfilled with the figure's name, title and state once it is live. */
	readonly ready: Promise<FromFigure['ready']>;
	#sayReady!: (message: FromFigure['ready']) => void;
	#asked = 0;
	#waiting = new Map<number, (reply: Reply) => void>();

	constructor(private readonly frame: HTMLIFrameElement) {
		this.ready = new Promise((resolve) => (this.#sayReady = resolve));
		this.#hello();
	}

	getState = () => this.#ask({ type: 'get-state' }).then(({ state }) => state);
	setState = (state: Settings) =>
		this.#ask({ type: 'set-state', state }).then(({ state }) => state);
	reset = () => this.#ask({ type: 'reset' }).then(({ state }) => state);
	setTheme = (theme: 'auto' | 'light' | 'dark') =>
		this.#ask({ type: 'set-theme', theme }).then(() => {});

	receive({ origin, data }: MessageEvent): void {
		const message = readMessage<FromFigure>(data, FROM_FIGURE);
		if (!message || !this.#isFrom(origin)) {
			this.ignored++;
			return;
		}
		if (message.type === 'reply') {
			this.#waiting.get(message.id)?.(message);
			this.#waiting.delete(message.id);
			return;
		}
		if (message.type === 'ready') {
			if (!message.greeted) return this.#hello();
			this.#sayReady(message);
		}
		if (message.type === 'resize') this.frame.style.height = `${message.height}px`;
		const { type, ...detail } = message;
		this.frame.dispatchEvent(new CustomEvent(`rollout-${type}`, { bubbles: true, detail }));
	}

	async #ask(request: Request): Promise<Reply> {
		await this.ready;
		const id = ++this.#asked;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(id);
				reject(new Error(`The figure has not answered “${request.type}”.`));
			}, PATIENCE);
			this.#waiting.set(id, (reply) => {
				clearTimeout(timer);
				resolve(reply);
			});
			this.#send({ ...request, id });
		});
	}

	/** A frame in a sandbox without allow-same-origin has no origin, nor has one from a disk. */
	#origin(): string {
		const { sandbox, src } = this.frame;
		const opaque = this.frame.hasAttribute('sandbox') && !sandbox.contains('allow-same-origin');
		return opaque || src.startsWith('file:') ? 'null' : new URL(src).origin;
	}

	/** A frame of a page that has no origin may have none either: it is in the same sandbox. */
	#isFrom(origin: string): boolean {
		return origin === this.#origin() || (origin === 'null' && self.origin === 'null');
	}

	/** Says nothing but that we are here, so anyone may hear it: the frame may still be empty. */
	#hello(): void {
		this.frame.contentWindow?.postMessage(writeMessage<ToFigure>({ type: 'hello' }), '*');
	}

	#send(message: Message<ToFigure>): void {
		const origin = this.#origin();
		const to = origin === 'null' || self.origin === 'null' ? '*' : origin;
		this.frame.contentWindow?.postMessage(writeMessage(message), to);
	}
}

type Framed = HTMLIFrameElement & { rollout?: FramedFigure };

function take(root: ParentNode): void {
	for (const frame of root.querySelectorAll<Framed>('iframe')) {
		if (frame.src.startsWith(figures)) frame.rollout ??= new FramedFigure(frame);
	}
}

addEventListener('message', (event) => {
	take(document);
	for (const frame of document.querySelectorAll<Framed>('iframe')) {
		if (event.source && frame.contentWindow === event.source) frame.rollout?.receive(event);
	}
});
new MutationObserver(() => take(document)).observe(document, { childList: true, subtree: true });
take(document);
