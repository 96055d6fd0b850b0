import { courseZip } from '$package/lms/courseZip.js';
import { singleFile } from '$package/singleFile.js';
import { startingAt } from '$package/startingAt.js';
import { fetchedSite } from './fetchedSite';
import type { Format, Packed } from './formats';

/**
 * A page of the site as one HTML file that needs no other, or as a course of a learning platform.
 * @param root address of the site
 * @param mastery the share of questions to answer rightly, from 0 to 1; without it a course has no pass or fail
 * @param onread called with each file of the site that has come
 */
export async function makeFile(
	root: string,
	{ folder, search, title }: Packed,
	format: Format,
	mastery: number | undefined,
	onread: () => void
): Promise<Blob> {
	const site = fetchedSite(root, onread);
	if (format === 'html') {
		const html = await startingAt(site, await singleFile(site, folder), search);
		return new Blob([html], { type: 'text/html' });
	}
	const course = { standard: format, title, mastery, settings: search || undefined };
	const zip = await courseZip(site, folder, course);
	return new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
