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

const slides = document.querySelector<HTMLElement>('.slides');
if (slides) void import('./slides/wakeSlides').then(({ wakeSlides }) => wakeSlides(slides));

const handout = document.querySelector<HTMLElement>('.handout');
if (handout) void import('./handout/wakeHandout').then(({ wakeHandout }) => wakeHandout(handout));
