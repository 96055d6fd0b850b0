/** What only some pages wake, and how such a page is known; any other chunk comes to every page. */
const PARTS = {
	'./wakeCourse.js': / data-course=/,
	'./wakeEmbed.js': / data-alone/,
	'./wakeLab.js': / id="lab"/,
	'./wakeMake.js': / id="make"/,
	'./wakeClass.js': / id="class"/,
	'./wakeKept.js': / id="kept"/,
	'./wakeSlides.js': /class="slides\b/,
	'./wakeHandout.js': /class="handout\b/,
	'./startOffline.js': / id="updates"/
};

/**
 * The figures of a page, each once.
 * @param {string} html
 */
export function widgetsIn(html) {
	return [...new Set([...html.matchAll(/ data-widget="([\w-]+)"/g)].map(([, name]) => name))];
}

/**
 * The chunks that a page needs, out of the list that the build writes (_app/classic/chunks.json):
 * its own script, the workers, and of the rest only what this page shows.
 * @param {Record<string, { needs: string[]; later: string[] }>} chunks
 * @param {string} html
 */
export function chunksFor(chunks, html) {
	const shown = new Set(
		widgetsIn(html).flatMap((name) => [`./${name}.spec.js`, `./${name}.View.js`])
	);
	/** @type {Set<string>} */
	const found = new Set();
	/** @param {string} id */
	function wanted(id) {
		if (/\.(spec|View)\.js$/.test(id)) return shown.has(id);
		const [, mark] = Object.entries(PARTS).find(([part]) => part === id) ?? [];
		return mark === undefined || mark.test(html);
	}
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
