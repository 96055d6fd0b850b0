const pages = new Map<string, Promise<readonly Element[]>>();

async function load(address: string): Promise<readonly Element[]> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`the server answered ${response.status}`);
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	return [...page.querySelectorAll('[data-source]')];
}

/** The kernels on a page of code, fetched and parsed once, however often the reader looks. */
export function fetchSource(address: string): Promise<readonly Element[]> {
	let page = pages.get(address);
	if (!page) {
		page = load(address);
		pages.set(address, page);
		page.catch(() => pages.delete(address));
	}
	return page;
}
