/**
 * Whether a lesson's file is a primer's: a lesson that no single paper owns.
 * @param {string} file path from the root
 */
export function isPrimer(file) {
	return file.startsWith('content/primers/');
}
