import { setAside } from './kept/setAside';
import { tell } from './kept/tell';

export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'rollout.theme';

export function isTheme(text: unknown): text is Theme {
	return text === 'system' || text === 'light' || text === 'dark';
}

export function chosenTheme(): Theme {
	return (document.documentElement.dataset.theme as Theme | undefined) ?? 'system';
}

/** Puts the theme on and shows on the buttons which it is. */
function show(theme: Theme): void {
	const root = document.documentElement;
	if (theme === 'system') delete root.dataset.theme;
	else root.dataset.theme = theme;
	for (const button of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
		button.setAttribute('aria-pressed', String(button.dataset.themeChoice === theme));
	}
}

export function chooseTheme(theme: Theme): void {
	show(theme);
	try {
		if (theme === 'system') localStorage.removeItem(THEME_KEY);
		else localStorage.setItem(THEME_KEY, theme);
	} catch {
		tell('unsaved');
	}
}

/** Makes the theme buttons work, in this page and in others that are open; early.js has put it on. */
export function keepTheme(): void {
	for (const button of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
		button.addEventListener('click', () => chooseTheme(button.dataset.themeChoice as Theme));
	}
	show(chosenTheme());
	addEventListener('storage', ({ key, newValue }) => {
		if (key === THEME_KEY || key === null) show(isTheme(newValue) ? newValue : 'system');
	});
	try {
		const kept = localStorage.getItem(THEME_KEY);
		if (kept === null || isTheme(kept)) return;
		setAside(localStorage, THEME_KEY, kept);
		tell('aside');
	} catch {
		// Storage is refused; the reader hears of it on choosing a theme.
	}
}
