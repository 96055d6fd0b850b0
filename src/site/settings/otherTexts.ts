import { THEME_KEY } from '../keepTheme';
import { ANSWERS_KEY } from '../kept/answersKey';

/**
 * What this site has in localStorage beside the answers and the theme, by key: what was set aside.
 * Other sites of this host have keys of their own.
 */
export function otherTexts(): [key: string, text: string][] {
	try {
		return Object.keys(localStorage)
			.filter((key) => key.startsWith('rollout.') && key !== ANSWERS_KEY && key !== THEME_KEY)
			.map((key) => [key, localStorage.getItem(key)!]);
	} catch {
		return [];
	}
}

export function storageIsRefused(): boolean {
	try {
		return !localStorage;
	} catch {
		return true;
	}
}
