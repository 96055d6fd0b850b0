/** What is wrong in a content file, where, and what to do about it. It stops the build. */
export class ContentError extends Error {
	/**
	 * @param {string} file path from the root
	 * @param {number | undefined} line 1-based
	 * @param {string} wrong what is wrong
	 * @param {string} cure what to do
	 */
	constructor(file, line, wrong, cure) {
		super(`${file}${line === undefined ? '' : `:${line}`}: ${wrong} ${cure}`);
		this.name = 'ContentError';
	}
}

/**
 * The path of a file from the project's root, for messages.
 * @param {string | undefined} path
 */
export function fromRoot(path) {
	const root = `${process.cwd()}/`;
	return (path ?? 'unknown file').replace(root, '');
}
