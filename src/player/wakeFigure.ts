import { mount, unmount, type Component } from 'svelte';
import { contextOf } from '$ui/numberMarks';
import type { Result, Schema, Spec } from '$widgets/contract';
import { decodeState, encodeState, startState, type FigureState } from './figureState';
import type { Framing } from './framing';
import type { Outcome } from './job';
import Player from './Player.svelte';
import type { AnswerMemory, PlayerProps } from './playerProps';
import { Session } from './session.svelte';
import { settle } from './settle';

/** Where a figure's state is kept: in the address of a page (`inAddress`), or by a host. */
export interface Place {
	/** The settings that the figure is woken with; none where it starts as it is drawn. */
	settings: Readonly<Record<string, string>>;
	/** Keeps a state, once it has been quiet for a while. */
	keep(state: FigureState): void;
	/**
	 * The address that shows a state here, where others may come; `alone` without the states of other
	 * figures.
	 */
	linkTo?(state: FigureState, alone?: boolean): string;
}

export interface Island {
	spec: Spec<Schema, Result>;
	View: Component<never>;
	id: string;
	number?: number;
	preset?: string;
	predict?: string;
	/** True where the figure stands by itself: it resets to the state that it was woken in. */
	alone?: boolean;
	framing?: Framing;
	place: Place;
	/** What the host has to tell the reader, in plain text. */
	notices?: readonly string[];
	links: PlayerProps['links'];
	memory: AnswerMemory;
	onoutcome?(outcome: Outcome): void;
	/** Called with each new state, before its result is there. */
	onstate?(state: FigureState): void;
	onfailure?(reason: string): void;
}

export interface LiveFigure {
	session: Session;
	/** Takes the figure off the page and ends its runs. */
	close(): Promise<void>;
}

/** Writing the address at each step of a drag is slow, and browsers limit it. */
const KEEP_DELAY = 250;

/** Puts a live figure in the place of its static drawing, in the state that its place gives it. */
export function wakeFigure(target: HTMLElement, island: Island): LiveFigure {
	const { spec, View, id, number, predict, alone, framing, place, links, memory } = island;
	const drawn = startState(spec, island.preset);
	const isGiven = Object.keys(place.settings).length > 0;
	const { state, notices } = isGiven
		? decodeState(spec, place.settings)
		: { state: drawn, notices: [] };
	if (island.notices) notices.push(...island.notices);
	const start = alone ? state : drawn;
	const session = new Session(spec, start, state, framing?.locked, drawn);
	const placeholder = {
		seen: target.querySelector('.seen'),
		playback: target.querySelector('.playback')
	};

	const keeping = settle(KEEP_DELAY, () => place.keep(session.state));

	session.run();
	const still = [...target.childNodes];
	const player = mount(Player, {
		target,
		context: contextOf(framing?.language),
		props: {
			spec,
			View,
			id,
			number,
			start,
			predict: isGiven && !alone ? undefined : predict,
			links,
			framing,
			live: {
				session,
				notices,
				placeholder,
				memory,
				linkTo: place.linkTo,
				embedAt(current) {
					if (links.embed === undefined) return undefined;
					const url = new URL(links.embed, document.baseURI);
					url.search = new URLSearchParams(encodeState(spec, current)).toString();
					return url.href;
				},
				onstate() {
					keeping.touch();
					island.onstate?.(session.state);
				},
				onoutcome: (outcome) => island.onoutcome?.(outcome),
				onfailure: (reason) => island.onfailure?.(reason)
			}
		}
	});
	for (const node of still) node.remove();

	return {
		session,
		close() {
			keeping.stop();
			session.close();
			return unmount(player);
		}
	};
}
