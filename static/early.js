// Runs before the first paint: marks the page as scripted and puts on the chosen theme.
document.documentElement.classList.add('js');
try {
	const theme = localStorage.getItem('rollout.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage is refused: the system's theme holds.
}

// Without its script the page is one without script, and says so.
addEventListener(
	'error',
	({ target }) => {
		if (!target.src?.includes('islands')) return;
		document.documentElement.classList.remove('js');
		addEventListener('load', () =>
			document
				.querySelector('main')
				.insertAdjacentHTML(
					'afterbegin',
					'<p class="cut-off" role="status">What is live here did not come. Check the connection and load the page again.</p>'
				)
		);
	},
	true
);
