/** The one script of every page: it wakes what the HTML already shows. */
import { keepTheme } from './keepTheme';
import { linkSymbols } from './linkSymbols';
import { watchProgress } from './loadProgress';
import { printAddresses } from './printAddresses';
import { dismissTerms } from './dismissTerms';
import { sayCutOff } from './sayCutOff';
import { wakeIslands } from './wakeIslands';

// Where early.js did not come, the page is scripted all the same.
document.documentElement.classList.add('js');
keepTheme();
dismissTerms();
linkSymbols();
printAddresses();
if (document.documentElement.dataset.course) {
	import('$lms/wakeCourse')
		.then(async ({ wakeCourse }) => wakeIslands(await wakeCourse()))
		.catch((error) => sayCutOff(document.querySelector('main')!, error));
} else {
	watchProgress();
	wakeIslands();
}

/** What only some pages have, with the module that wakes it. */
const PARTS: readonly [selector: string, wake: (part: HTMLElement) => Promise<unknown>][] = [
	['#lab', (part) => import('$lab/wakeLab').then(({ wakeLab }) => wakeLab(part))],
	['#make', (part) => import('$make/wakeMake').then(({ wakeMake }) => wakeMake(part))],
	['#class', (part) => import('$make/wakeClass').then(({ wakeClass }) => wakeClass(part))],
	['#kept', (part) => import('./settings/wakeKept').then(({ wakeKept }) => wakeKept(part))],
	['.slides', (part) => import('./slides/wakeSlides').then(({ wakeSlides }) => wakeSlides(part))],
	[
		'.handout',
		(part) => import('./handout/wakeHandout').then(({ wakeHandout }) => wakeHandout(part))
	]
];

for (const [selector, wake] of PARTS) {
	const part = document.querySelector<HTMLElement>(selector);
	if (part) wake(part).catch((error) => sayCutOff(part, error));
}

const updates = document.getElementById('updates');
if (updates || document.querySelector('.slides')) {
	const start = () =>
		import('./offline/startOffline').then(
			({ startOffline }) => startOffline(updates),
			() => {} // Cut off before it came: the next page tries again.
		);
	const startLater = () => (globalThis.requestIdleCallback ?? setTimeout)(start);
	// On a site from a disk this script may come when all else has.
	if (document.readyState === 'complete') startLater();
	else addEventListener('load', startLater);
}
