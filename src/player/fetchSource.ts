const pages = new Map<string, Promise<readonly Element[]>>();

async function load(address: string): Promise<readonly Element[]> {
	if (address.startsWith('#')) {
		return [...document.querySelector<HTMLTemplateElement>(address)!.content.children];
	}
	const response = await fetch(address);
	if (!response.ok) throw new Error(`the server answered ${response.status}`);
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	return [...page.querySelectorAll('[data-source]')];
}

/** The kernels on a page of code, or in a template of this one, fetched and parsed once. */
export function fetchSource(address: string): Promise<readonly Element[]> {
	let page = pages.get(address);
	if (!page) {
		page = load(address);
		pages.set(address, page);
		page.catch(() => pages.delete(address));
	}
	return page;
}
