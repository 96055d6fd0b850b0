import { singleFile } from '$package/singleFile.js';
import { startingAt } from '$package/startingAt.js';
import { fetchedSite } from './fetchedSite';

/** What is to be made into a file: a page of the site, and what its address says. */
export interface Packed {
	/** From the site's root: "embed/success-map/". */
	folder: string;
	search: string;
}

/** The page as one HTML file that needs no other. */
export async function makeFile(
	root: string,
	{ folder, search }: Packed,
	onread: () => void
): Promise<Blob> {
	const site = fetchedSite(root, onread);
	const html = await startingAt(site, await singleFile(site, folder), search);
	return new Blob([html], { type: 'text/html' });
}
