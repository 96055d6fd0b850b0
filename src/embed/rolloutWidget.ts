import { COMMON } from '$player/address';
import { decodeState, encodeState } from '$player/figureState';
import { findWidget } from '$player/findWidget';
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
	#figure: LiveFigure | undefined;
	#spec: Spec<Schema, Result> | undefined;
	#watcher = new MutationObserver((changes) => this.#follow(changes));
	#waking = 0;
	#answers = new Map<string, string>();

	/** The parameters' values; setting some keeps the others. Undefined until the figure is live. */
	get values(): Readonly<Record<string, Value>> | undefined {
		return this.#figure?.session.state.values;
	}

	set values(changed: Readonly<Record<string, Value>>) {
		this.#figure?.session.setSide('a', changed);
	}

	/** The whole state as in an address; what is not named when it is set goes to its default. */
	get state(): Settings | undefined {
		return this.#figure && encodeState(this.#spec!, this.#figure.session.state);
	}

	set state(settings: Settings) {
		if (!this.#figure) return;
		const { state, notices } = decodeState(this.#spec!, { ...settings });
		this.#figure.session.goTo(state);
		if (notices.length > 0) this.#tell('error', { reason: notices.join(' ') });
	}

	reset(): void {
		this.#figure?.session.reset();
	}

	connectedCallback(): void {
		this.#watcher.observe(this, { attributes: true });
		void this.#wake();
	}

	disconnectedCallback(): void {
		this.#watcher.disconnect();
		this.#sleep();
	}

	#sleep(): void {
		this.#waking++;
		void this.#figure?.close();
		this.#figure = undefined;
	}

	async #wake(): Promise<void> {
		this.#sleep();
		const waking = this.#waking;
		const name = this.getAttribute('name') ?? '';
		const ground = this.#ground();
		const [found, { wakeFigure }] = await Promise.all([
			findWidget(name),
			import('$player/wakeFigure')
		]);
		if (waking !== this.#waking) return;
		if (!found) {
			ground.textContent = `There is no figure “${name}”.`;
			this.#tell('error', { reason: ground.textContent });
			return;
		}
		this.#spec = found.spec;
		const entries = this.#entries(found.spec);
		const { options, notices } = readOptions(found.spec, entries);
		ground.dataset.theme = options.theme;
		ground.dataset.background = options.background;
		ground.toggleAttribute('data-compact', options.compact);
		const { onstate, onoutcome } = reports(
			() => (waking === this.#waking ? this.#figure?.session : undefined),
			({ type, ...detail }) => this.#tell(type, detail as never)
		);
		const embed = new URL(`embed/${name}/`, SITE);
		const figure = wakeFigure(ground, {
			...found,
			id: name,
			predict: options.question,
			alone: true,
			framing: framingOf(found.spec, options),
			notices,
			place: {
				settings: splitOptions(entries).settings,
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
		if (options.language) followLanguage(ground, options.language);
		this.#tell('ready', {
			widget: name,
			title: found.spec.title,
			state: encodeState(found.spec, figure.session.state),
			greeted: true
		});
	}

	/** An empty ground in the shadow root, which is made the first time. */
	#ground(): HTMLElement {
		const isNew = !this.shadowRoot;
		const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
		if (isNew) styleShadow(shadow);
		const ground = document.createElement('div');
		ground.className = GROUND;
		shadow.replaceChildren(ground);
		return ground;
	}

	/** The attributes as names and texts of an address; `""` stands for a switch that is on. */
	#entries(spec: Spec<Schema, Result>): [string, string][] {
		const params = Object.keys(spec.params);
		const known = [
			...COMMON,
			...Object.keys(OPTION_HELP),
			...params,
			...params.map((name) => `b.${name}`)
		];
		const plain = (name: string) => name.toLowerCase().replaceAll('-', '');
		return [...this.attributes]
			.filter(({ name }) => !FOREIGN.test(name))
			.flatMap(({ name, value }): [string, string][] => {
				const own = known.find((other) => plain(other) === plain(name)) ?? name;
				const isSwitch = own === 'compact' || spec.params[own]?.type === 'switch';
				if (own === 'choice') return splitChoices(value).map((choice) => ['choice', choice]);
				return [[own, isSwitch && value === '' ? 'true' : value]];
			});
	}

	/** Attributes that changed: a new state goes into the figure, new options wake it anew. */
	#follow(changes: readonly MutationRecord[]): void {
		const names = changes.map(({ attributeName }) => attributeName!);
		if (names.includes('name') || !this.#figure || !this.#spec) {
			if (names.includes('name')) void this.#wake();
			return;
		}
		const own = names.filter((name) => !FOREIGN.test(name));
		if (own.length === 0) return;
		if (own.every((name) => name === 'theme')) {
			const theme = THEMES.find((known) => known === this.getAttribute('theme')) ?? 'auto';
			this.shadowRoot!.querySelector<HTMLElement>('.rollout')!.dataset.theme = theme;
		} else if (own.some((name) => Object.hasOwn(OPTION_HELP, name))) {
			void this.#wake();
		} else {
			this.state = splitOptions(this.#entries(this.#spec)).settings;
		}
	}

	#tell<T extends keyof FromFigure>(type: T, detail: FromFigure[T]): void {
		this.dispatchEvent(new CustomEvent(`rollout-${type}`, { bubbles: true, detail }));
	}
}
