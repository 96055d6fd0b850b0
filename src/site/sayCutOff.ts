/** Says in a part of the page that its script did not come; what stands there can be read meanwhile. */
export function sayCutOff(part: HTMLElement, error: unknown): void {
	reportError(error);
	part.dataset.cutOff = '';
	for (const covered of part.querySelectorAll('.covered')) covered.classList.remove('covered');
	const note = document.createElement('p');
	note.className = 'cut-off';
	note.setAttribute('role', 'status');
	note.textContent =
		'What is live here did not come. Check the connection and load the page again.';
	part.append(note);
}
