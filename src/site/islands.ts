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
