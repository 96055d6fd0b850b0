import { decodeState } from '$player/figureState';
import { inAddress } from '$player/inAddress';
import { wakeFigure, type Island, type LiveFigure, type Place } from '$player/wakeFigure';
import { framingOf, readOptions, splitOptions, type EmbedOptions } from './options';

type Given = Pick<Island, 'spec' | 'View' | 'id' | 'links' | 'memory'>;

/** Where a figure of its own is kept that is not kept in its address. */
interface Elsewhere {
	/** Its options and the settings that it starts with, in the form of an address. */
	address: string;
	/** Has the settings that the reader left it in, if any. */
	place: Place;
}

function showTheme(theme: EmbedOptions['theme']): void {
	const { dataset } = document.documentElement;
	if (theme === 'auto') delete dataset.theme;
	else dataset.theme = theme;
}

/** Brings the figure of its own page to life, as the address asks, and talks to the page around it. */
export async function wakeEmbed(
	target: HTMLElement,
	given: Given,
	elsewhere?: Elsewhere
): Promise<LiveFigure> {
	const { spec, id, memory } = given;
	const entries = [...new URLSearchParams(elsewhere?.address ?? location.search)];
	const { options, notices } = readOptions(spec, entries);
	const isFramed = parent !== window;
	const bridge = isFramed ? new (await import('./bridge')).Bridge(window, options.host) : undefined;
	const place = elsewhere?.place ?? inAddress(spec, id, '');
	const { theme, background, compact, language, question } = options;
	const root = document.documentElement;
	if (entries.some(([name]) => name === 'theme')) showTheme(theme);
	root.dataset.background = background;
	// It would give the page's ground a colour of its own.
	if (background === 'transparent') document.querySelector('meta[name="color-scheme"]')?.remove();
	root.toggleAttribute('data-compact', compact);

	const figure = wakeFigure(target, {
		...given,
		predict: question,
		alone: true,
		framing: framingOf(spec, options),
		place: { ...place, settings: splitOptions(entries).settings },
		notices,
		memory: {
			read: memory.read,
			write(question, answer, right) {
				memory.write(question, answer, right);
				bridge?.onanswer(question, answer, right);
			}
		},
		onstate: bridge?.onstate,
		onoutcome: bridge?.onoutcome,
		onfailure: bridge?.onfailure
	});
	if (elsewhere && Object.keys(elsewhere.place.settings).length > 0) {
		figure.session.goTo(decodeState(spec, elsewhere.place.settings).state);
	}
	if (language) (await import('./followLanguage')).followLanguage(target, language);
	document
		.querySelector('[data-part="source"]')
		?.toggleAttribute('hidden', options.hide.includes('source'));
	bridge?.ready({ session: figure.session, setTheme: showTheme });
	return figure;
}
