/**
 * The chunks that a page with these figures needs, out of the list that the build writes
 * (_app/classic/chunks.json): its own script, the workers, and of the widgets only those it shows.
 * @param {Record<string, { needs: string[]; later: string[] }>} chunks
 * @param {{ widgets: string[]; lab: boolean }} page
 */
export function chunksFor(chunks, { widgets, lab }) {
	const shown = new Set(widgets.flatMap((name) => [`./${name}.spec.js`, `./${name}.View.js`]));
	/** @type {Set<string>} */
	const found = new Set();
	/** @param {string} id */
	const wanted = (id) =>
		/\.(spec|View)\.js$/.test(id) ? shown.has(id) : lab || id !== './wakeLab.js';
	/** @param {string} id */
	function add(id) {
		if (found.has(id)) return;
		found.add(id);
		for (const other of chunks[id].needs) add(other);
		for (const other of chunks[id].later.filter(wanted)) add(other);
	}
	add('./islands.js');
	for (const id of shown) {
		if (!found.has(id)) throw new RangeError(`The site has no script “${id}”.`);
	}
	return [...found];
}
