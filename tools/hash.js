import { createHash } from 'node:crypto';

/**
 * The same short hash as src/site/offline/fileList.ts makes in the browser.
 * @param {Buffer | string} content
 */
export const hashOf = (content) =>
	createHash('sha256').update(content).digest('base64url').slice(0, 12);
