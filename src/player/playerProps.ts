import type { Component } from 'svelte';
import type { Result, Schema, Spec } from '$widgets/contract';
import type { FigureState } from './figureState';
import type { Framing } from './framing';
import type { Outcome } from './job';
import type { Session } from './session.svelte';

/** Keeps what a reader answered, so that a question is asked once. */
export interface AnswerMemory {
	read(question: string): string | undefined;
	/** `right` is undefined where nobody has said which answer is right. */
	write(question: string, given: string, right: boolean | undefined): void;
}

/** What a live figure gets from the page around it. */
export interface Live {
	session: Session;
	/** What was wrong with the state in the address, in plain text. */
	notices: readonly string[];
	/** What the page was built with: the drawing and its playback, kept until the first result is there. */
	placeholder?: { seen: Element | null; playback: Element | null };
	memory: AnswerMemory;
	/**
	 * Address of this page in this state, where others may come to it; `alone` without the states of
	 * other figures.
	 */
	linkTo?(state: FigureState, alone?: boolean): string;
	/** Address of the figure's own page in this state, where it has one. */
	embedAt(state: FigureState): string | undefined;
	/** Called with each new state, before its result is there. */
	onstate(): void;
	/** Called with each new result. */
	onoutcome(outcome: Outcome): void;
	/** Called with the reason why a run stopped. */
	onfailure(reason: string): void;
}

export interface PlayerProps {
	spec: Spec<Schema, Result>;
	View: Component<never>;
	/** In the address, and as the element's id. */
	id: string;
	/** "Figure 2" in a lesson; a figure on its own page has no number. */
	number?: number;
	start: FigureState;
	/** The question that covers the result until the reader has answered or passed on. */
	predict?: string;
	/**
	 * Addresses, from the page that holds the figure, of its own page, where it has one, and of its
	 * code: "#…" where that is in a template of the same page.
	 */
	links: { embed?: string; code: string };
	/** What is hidden, locked and asked here; by default nothing. */
	framing?: Framing;
	live?: Live;
	/** The start state's outcome, in the static drawing. */
	drawn?: Outcome;
}
