import { inAddress } from '$player/inAddress';
import { wakeFigure, type Island, type LiveFigure } from '$player/wakeFigure';
import { framingOf, readOptions, splitOptions, type EmbedOptions } from './options';

type Given = Pick<Island, 'spec' | 'View' | 'id' | 'links' | 'memory'>;

function showTheme(theme: EmbedOptions['theme']): void {
	const { dataset } = document.documentElement;
	if (theme === 'auto') delete dataset.theme;
	else dataset.theme = theme;
}

/** Brings the figure of its own page to life, as the address asks, and talks to the page around it. */
export async function wakeEmbed(target: HTMLElement, given: Given): Promise<LiveFigure> {
	const { spec, id, memory } = given;
	const entries = [...new URLSearchParams(location.search)];
	const { options, notices } = readOptions(spec, entries);
	const isFramed = parent !== window;
	const bridge = isFramed ? new (await import('./bridge')).Bridge(window, options.host) : undefined;
	const place = inAddress(spec, id, '');
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
		place: { ...place, settings: splitOptions(Object.entries(place.settings)).settings },
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
	if (language) (await import('./followLanguage')).followLanguage(target, language);
	document
		.querySelector('[data-part="source"]')
		?.toggleAttribute('hidden', options.hide.includes('source'));
	bridge?.ready({ session: figure.session, setTheme: showTheme });
	return figure;
}
