type Api = Record<string, unknown>;

/** No platform nests its frames deeper. */
const DEEPEST = 50;
/** How long a platform may take to put its script in place, in milliseconds. */
const PATIENCE = 3000;
const PAUSE = 100;
/** Tells a platform's script from anything else of its name. */
const OPENS = ['LMSInitialize', 'Initialize'];

/** Windows of another origin refuse to be looked into. */
function read<T>(look: () => T): T | undefined {
	try {
		return look();
	} catch {
		return undefined;
	}
}

function lookUpFrom(start: Window | null | undefined, name: string): Api | undefined {
	let here = start;
	for (let depth = 0; here && depth < DEEPEST; depth++) {
		const current = here as Window & Record<string, unknown>;
		const api = read(() => current[name]) as Api | undefined;
		if (OPENS.some((call) => typeof read(() => api?.[call]) === 'function')) return api;
		const parent: Window | undefined = read(() => current.parent);
		if (!parent || parent === here) return undefined;
		here = parent;
	}
	return undefined;
}

/**
 * The script of a SCORM platform: in a frame around this one, or around the window that opened this
 * window or one of its frames.
 */
function lookForApi(start: Window, name: string): Api | undefined {
	const found = lookUpFrom(start, name);
	if (found) return found;
	let here: Window | undefined = start;
	for (let depth = 0; here && depth < DEEPEST; depth++) {
		const opener: Window | null | undefined = read(() => (here as Window).opener);
		const behind = opener && lookUpFrom(opener, name);
		if (behind) return behind;
		const parent: Window | undefined = read(() => (here as Window).parent);
		here = parent === here ? (opener ?? undefined) : parent;
	}
	return undefined;
}

/** Waits a little for it: some platforms load their script after the course. */
export async function findApi(start: Window, name: string): Promise<Api | undefined> {
	const end = performance.now() + PATIENCE;
	for (;;) {
		const api = lookForApi(start, name);
		if (api || performance.now() > end) return api;
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
}
