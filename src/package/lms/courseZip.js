import { zipSync } from 'fflate';
import { courseFiles } from './courseFiles.js';

/** The same package is the same file, whenever it was made. */
const DATE = new Date(2000, 0, 1);

/**
 * A page of the built site as a package for a learning platform.
 * @type {(...course: Parameters<typeof courseFiles>) => Promise<Uint8Array>}
 */
export async function courseZip(...course) {
	return zipSync(await courseFiles(...course), { level: 9, mtime: DATE });
}
