import { settingNames } from '$player/address';
import { applyValues, decodeState, encodeState, type FigureState } from '$player/figureState';
import { findWidget } from '$player/findWidget';
import type { Session } from '$player/session.svelte';
import { checkValue } from '$player/values';
import type { LiveFigure } from '$player/wakeFigure';
import type { Result, Schema, Spec, Value } from '$widgets/contract';
import { splitChoices } from './choices';
import type { FromFigure, Settings } from './messages';
import { followLanguage } from './followLanguage';
import { framingOf, OPTION_HELP, readOptions, splitOptions, THEMES } from './options';
import { reports } from './reports';
import { GROUND, styleShadow } from './shadowStyles';

/** The site that this module is from: figures, their own pages and their code are beside it. */
const here = import.meta.url;
const SITE = new URL('.', here);

/** Attributes of every element, and those that frameworks leave. */
const FOREIGN =
	/^(name|id|class|style|slot|title|lang|dir|hidden|tabindex|part|role|is|key|ref|nonce|data-.*|aria-.*|on.*|v-.*|_.*)$/;

/**
 * `<rollout-widget name="group-advantages" epsilon="0.01">`: a live figure in a page of others.
 * Attributes are the names of its address; a parameter's may be written in small letters or with
 * hyphens. Events: `rollout-ready`, `-change`, `-result`, `-answer`, `-error`, with the same detail as
 * a framed figure's messages.
 */
export class RolloutWidget extends HTMLElement {
	static readonly observedAttributes = ['name'];

	#figure: LiveFigure | undefined;
	#watcher = new MutationObserver((changes) => this.#follow(changes));
	#waking = 0;
	#answers = new Map<string, string>();
	/** What the page asked of the figure before it was live. */
	#asked: ((session: Session) => void)[] = [];
	/** The name and the settings that its attributes gave it last. */
	#given = '';
	/** Where the figure was left when it was taken off the page, and what it had been given. */
	#left: { given: string; state: FigureState } | undefined;

	/** The parameters' values; setting some keeps the others. Undefined until the figure is live. */
	get values(): Readonly<Record<string, Value>> | undefined {
		return this.#figure?.session.state.values;
	}

	set values(changed: Readonly<Record<string, Value>>) {
		this.#ask((session) => {
			const { spec, state } = session;
			const given = changed ?? {};
			const wrong = Object.entries(given).flatMap(([name, value]) => {
				if (!Object.hasOwn(spec.params, name)) return `There is no parameter “${name}”.`;
				const checked = checkValue(value, spec.params[name]);
				return 'expected' in checked ? `“${name}” must be ${checked.expected}.` : [];
			});
			session.goTo({ ...state, values: applyValues(spec.params, state.values, given) });
			if (wrong.length > 0) this.#tell('error', { reason: wrong.join(' ') });
		});
	}

	/** The whole state as in an address; what is not named when it is set goes to its default. */
	get state(): Settings | undefined {
		const session = this.#figure?.session;
		return session && encodeState(session.spec, session.state);
	}

	set state(settings: Settings) {
		this.#ask((session) => {
			const texts = Object.entries(settings ?? {}).map(([name, value]) => [name, String(value)]);
			const { state, notices } = decodeState(session.spec, Object.fromEntries(texts));
			session.goTo(state);
			if (notices.length > 0) this.#tell('error', { reason: notices.join(' ') });
		});
	}

	reset(): void {
		this.#ask((session) => session.reset());
	}

	connectedCallback(): void {
		this.#watcher.observe(this, { attributes: true });
		this.#takeUp('values');
		this.#takeUp('state');
		void this.#wake();
	}

	disconnectedCallback(): void {
		this.#watcher.disconnect();
		this.#sleep();
	}

	attributeChangedCallback(): void {
		this.#answers.clear();
		if (this.isConnected && this.#waking > 0) void this.#wake();
	}

	/** A property that the page set before this module came would hide the one of its class. */
	#takeUp(name: 'values' | 'state'): void {
		if (!Object.hasOwn(this, name)) return;
		const given = this[name];
		delete this[name];
		Object.assign(this, { [name]: given });
	}

	#ask(act: (session: Session) => void): void {
		if (this.#figure) act(this.#figure.session);
		else this.#asked.push(act);
	}

	#sleep(): void {
		this.#waking++;
		if (this.#figure) this.#left = { given: this.#given, state: this.#figure.session.state };
		void this.#figure?.close();
		this.#figure = undefined;
	}

	async #wake(): Promise<void> {
		this.#sleep();
		const waking = this.#waking;
		const name = this.getAttribute('name') ?? '';
		const ground = this.#ground();
		const loaded = await Promise.all([findWidget(name), import('$player/wakeFigure')]).catch(
			() => undefined
		);
		if (waking !== this.#waking) return;
		const [found, player] = loaded ?? [];
		if (!found || !player) {
			ground.textContent = loaded
				? `There is no figure “${name}”.`
				: `The figure “${name}” could not be loaded. Check the connection and reload the page.`;
			this.#tell('error', { reason: ground.textContent });
			return;
		}
		const entries = this.#entries(found.spec);
		const settings = this.#take(entries);
		const { options, notices } = readOptions(found.spec, entries);
		ground.dataset.theme = options.theme;
		ground.dataset.background = options.background;
		ground.toggleAttribute('data-compact', options.compact);
		const { onstate, onoutcome } = reports(
			() => (waking === this.#waking ? this.#figure?.session : undefined),
			({ type, ...detail }) => this.#tell(type, detail as never)
		);
		const embed = new URL(`embed/${name}/`, SITE);
		const figure = player.wakeFigure(ground, {
			...found,
			id: name,
			predict: options.question,
			alone: true,
			framing: framingOf(found.spec, options),
			notices,
			place: {
				settings,
				keep() {},
				linkTo(current) {
					embed.search = new URLSearchParams(encodeState(found.spec, current)).toString();
					return embed.href;
				}
			},
			links: { embed: embed.href, code: new URL(`code/${name}/`, SITE).href },
			memory: {
				read: (question) => this.#answers.get(question),
				write: (question, given, right) => {
					this.#answers.set(question, given);
					this.#tell('answer', { question, given, ...(right !== undefined && { right }) });
				}
			},
			onstate,
			onoutcome,
			onfailure: (reason) => this.#tell('error', { reason })
		});
		this.#figure = figure;
		const { session } = figure;
		if (this.#left?.given === this.#given) session.goTo(this.#left.state);
		for (const act of this.#asked.splice(0)) act(session);
		if (options.language) followLanguage(ground, options.language);
		this.#tell('ready', {
			widget: name,
			title: found.spec.title,
			state: encodeState(found.spec, session.state),
			greeted: true
		});
	}

	/**
	 * A ground in the shadow root, which is made the first time. Until the figure is live it shows what
	 * the page put into the element.
	 */
	#ground(): HTMLElement {
		const isNew = !this.shadowRoot;
		const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
		if (isNew) styleShadow(shadow);
		const ground = document.createElement('div');
		ground.className = GROUND;
		ground.append(document.createElement('slot'));
		shadow.replaceChildren(ground);
		return ground;
	}

	/** The settings among the entries; they are what the figure has been given now. */
	#take(entries: readonly [string, string][]): Settings {
		const { settings } = splitOptions(entries);
		this.#given = JSON.stringify([this.getAttribute('name'), settings]);
		return settings;
	}

	/** The attributes as names and texts of an address; `""` stands for a switch that is on. */
	#entries(spec: Spec<Schema, Result>): [string, string][] {
		return [...this.attributes]
			.filter(({ name }) => !FOREIGN.test(name))
			.flatMap(({ name, value }): [string, string][] => {
				const own = nameInAddress(name, spec);
				const isSwitch = own === 'compact' || spec.params[own]?.type === 'switch';
				if (own === 'choice') return splitChoices(value).map((choice) => ['choice', choice]);
				return [[own, isSwitch && value === '' ? 'true' : value]];
			});
	}

	/**
	 * Attributes that changed: new options wake the figure anew where the reader left it, a new setting
	 * goes into it and leaves the others as they are, unless it names a whole state.
	 */
	#follow(changes: readonly MutationRecord[]): void {
		const names = changes
			.map(({ attributeName }) => attributeName!)
			.filter((name) => !FOREIGN.test(name));
		const session = this.#figure?.session;
		if (names.length === 0 || !session) return;
		if (names.every((name) => name === 'theme')) {
			const theme = THEMES.find((known) => known === this.getAttribute('theme')) ?? 'auto';
			this.shadowRoot!.querySelector<HTMLElement>('.rollout')!.dataset.theme = theme;
			return;
		}
		if (names.some((name) => Object.hasOwn(OPTION_HELP, name))) {
			void this.#wake();
			return;
		}
		const settings = this.#take(this.#entries(session.spec));
		const changed = new Set(names.map((name) => nameInAddress(name, session.spec)));
		const isWhole = changed.has('preset') || changed.has('v');
		const kept = Object.entries(isWhole ? {} : this.state!).filter(([name]) => !changed.has(name));
		const given = Object.entries(settings).filter(([name]) => isWhole || changed.has(name));
		this.state = Object.fromEntries([...kept, ...given]);
	}

	#tell<T extends keyof FromFigure>(type: T, detail: FromFigure[T]): void {
		this.dispatchEvent(new CustomEvent(`rollout-${type}`, { bubbles: true, detail }));
	}
}

/** What an attribute is called in an address; its own name where there is nothing like it. */
function nameInAddress(attribute: string, spec: Spec<Schema, Result>): string {
	const known = [...settingNames(spec), ...Object.keys(OPTION_HELP)];
	const plain = (name: string) => name.toLowerCase().replaceAll('-', '');
	return known.find((name) => plain(name) === plain(attribute)) ?? attribute;
}
