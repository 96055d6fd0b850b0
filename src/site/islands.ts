/** The one script of every page: it wakes what the HTML already shows. */
import { keepTheme } from './keepTheme';
import { linkSymbols } from './linkSymbols';
import { showProgress } from './progress';
import { dismissTerms } from './dismissTerms';
import { wakeIslands } from './wakeIslands';

keepTheme();
dismissTerms();
showProgress();
linkSymbols();
wakeIslands();

const lab = document.getElementById('lab');
if (lab) void import('$lab/wakeLab').then(({ wakeLab }) => wakeLab(lab));

const updates = document.getElementById('updates');
if (updates) {
	const start = () => import('./offline/startOffline').then((own) => own.startOffline(updates));
	addEventListener('load', () => (globalThis.requestIdleCallback ?? setTimeout)(start));
}
