// Runs before the first paint: marks the page as scripted and puts on the chosen theme.
document.documentElement.classList.add('js');
try {
	const theme = localStorage.getItem('rollout.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage is refused: the system's theme holds.
}
