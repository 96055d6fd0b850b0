/** The one script of every page: it wakes what the HTML already shows. */
import { keepTheme } from './keepTheme';
import { linkSymbols } from './linkSymbols';
import { followProgress } from './progress';
import { dismissTerms } from './dismissTerms';
import { wakeIslands } from './wakeIslands';

keepTheme();
dismissTerms();
followProgress();
linkSymbols();
wakeIslands();

const lab = document.getElementById('lab');
if (lab) void import('$lab/wakeLab').then(({ wakeLab }) => wakeLab(lab));

const kept = document.getElementById('kept');
if (kept) void import('./settings/wakeKept').then(({ wakeKept }) => wakeKept(kept));
