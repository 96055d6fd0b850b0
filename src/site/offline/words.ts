import type { Reason } from './keepFiles';
import type { Refusal } from './worker';

export const REFUSALS: Readonly<Record<Refusal, string>> = {
	disk: 'You opened these pages from a disk: they need no network.',
	frame:
		'Inside another page nothing is kept. Open the tutorial in a window of its own to keep a copy.',
	insecure:
		'This site is served without https, and browsers keep copies of secure sites only. Everything works as long as there is a network.',
	unable:
		'This browser refuses to keep a copy; a private window or its settings may forbid it. Everything works as long as there is a network.',
	off: 'No pages are kept, as you asked. Everything works as long as there is a network.',
	development: 'The development server keeps no copy. Build the site and serve it to try this.'
};

export const REASONS: Readonly<Record<Reason, string>> = {
	network: 'The server did not answer. What has come is kept; go on when the network is back.',
	altered:
		'The server’s files are not those of this version: the site may have changed just now. Reload this page and try again.',
	full: 'There is no room left in this browser’s storage. What was kept before still works.'
};

/** Bytes as people read them: “640 kB”, “2.1 MB”. */
export const size = (bytes: number): string =>
	bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** How many of the kept pages are what: “3 lessons and 12 other pages”. */
export function countPages(pages: readonly string[]): string {
	const lessons = pages.filter((page) => /^lessons\/[^/]+\/index\.html$/.test(page)).length;
	const others = pages.length - lessons;
	const words = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
	return `${words(lessons, 'lesson')} and ${words(others, 'other page')}`;
}
