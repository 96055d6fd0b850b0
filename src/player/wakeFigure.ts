import { mount, unmount, type Component } from 'svelte';
import type { Result, Schema, Spec } from '$widgets/contract';
import { readSettings, writeSettings } from './address';
import { decodeState, encodeState, startState } from './figureState';
import type { Outcome } from './job';
import Player from './Player.svelte';
import type { AnswerMemory } from './playerProps';
import { Session } from './session.svelte';
import { settle } from './settle';

export interface Island {
	spec: Spec<Schema, Result>;
	View: Component<never>;
	id: string;
	number?: number;
	preset?: string;
	predict?: string;
	/** What the figure's settings in the address start with; empty on a page of its own. */
	prefix: string;
	links: { embed: string; code: string };
	memory: AnswerMemory;
	onoutcome(outcome: Outcome): void;
}

export interface LiveFigure {
	session: Session;
	/** Takes the figure off the page and ends its runs. */
	close(): Promise<void>;
}

/** Writing the address at each step of a drag is slow, and browsers limit it. */
const ADDRESS_DELAY = 250;

/** Puts a live figure in the place of its static drawing, in the state that the address gives it. */
export function wakeFigure(target: HTMLElement, island: Island): LiveFigure {
	const { spec, View, id, number, predict, prefix, links, memory } = island;
	const start = startState(spec, island.preset);
	const settings = readSettings(location.search, prefix);
	const fromAddress = Object.keys(settings).length > 0;
	const { state, notices } = fromAddress
		? decodeState(spec, settings)
		: { state: start, notices: [] };
	const session = new Session(spec, start, state);
	const placeholder = {
		seen: target.querySelector('.seen'),
		playback: target.querySelector('.playback')
	};

	const address = settle(ADDRESS_DELAY, () => {
		const url = writeSettings(new URL(location.href), prefix, spec, session.state, start);
		if (url.href !== location.href) history.replaceState(history.state, '', url);
	});

	session.run();
	const still = [...target.childNodes];
	const player = mount(Player, {
		target,
		props: {
			spec,
			View,
			id,
			number,
			start,
			predict: fromAddress ? undefined : predict,
			links,
			live: {
				session,
				notices,
				placeholder,
				memory,
				linkTo(current) {
					const url = writeSettings(new URL(location.href), prefix, spec, current, start);
					if (prefix) url.hash = id;
					return url.href;
				},
				embedAt(current) {
					const url = new URL(links.embed, location.href);
					url.search = new URLSearchParams(encodeState(spec, current)).toString();
					return url.href;
				},
				onstate: address.touch,
				onoutcome: island.onoutcome
			}
		}
	});
	for (const node of still) node.remove();

	return {
		session,
		close() {
			address.stop();
			session.close();
			return unmount(player);
		}
	};
}
