// Runs before the first paint: marks the page as scripted and puts on the chosen theme.
document.documentElement.classList.add('js');
try {
	const theme = localStorage.getItem('rollout.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage is refused: the system's theme holds.
}

// Where the page's script does not come, the page is one without script, and says so.
addEventListener(
	'error',
	({ target }) => {
		if (!(target instanceof HTMLScriptElement)) return;
		document.documentElement.classList.remove('js');
		const note = document.createElement('p');
		note.className = 'cut-off';
		note.setAttribute('role', 'status');
		note.textContent =
			'Only a part of this page has come, so its figures stand still. Check the connection and load the page again.';
		const say = () => document.querySelector('main').prepend(note);
		if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say);
		else say();
	},
	true
);
