const KEY = 'rollout.theme';

/** Makes the theme buttons work and shows which is chosen; early.js has put the theme on. */
export function keepTheme(): void {
	const root = document.documentElement;
	const buttons = document.querySelectorAll<HTMLButtonElement>('[data-theme-choice]');
	const show = () => {
		const theme = root.dataset.theme ?? 'system';
		for (const button of buttons) {
			button.setAttribute('aria-pressed', String(button.dataset.themeChoice === theme));
		}
	};
	for (const button of buttons) {
		button.addEventListener('click', () => {
			const theme = button.dataset.themeChoice;
			if (theme === 'system') delete root.dataset.theme;
			else root.dataset.theme = theme;
			try {
				if (theme === 'system') localStorage.removeItem(KEY);
				else localStorage.setItem(KEY, theme!);
			} catch {
				// Storage is refused: the choice holds for this page.
			}
			show();
		});
	}
	show();
}
