import { EMPTY_CLASS, readClass, writeClass, type ClassList } from './classList';
import { searchOf } from './takeAway';

const KEY = 'rollout.class';

/** The class list that was being made in this browser; an empty one where nothing can be read. */
export function storedClass(isFigure: (name: string) => boolean): ClassList {
	try {
		return readClass(new URLSearchParams(localStorage.getItem(KEY) ?? ''), isFigure).list;
	} catch {
		return EMPTY_CLASS;
	}
}

/** False where the browser refuses; the list then lasts as long as the page. */
export function storeClass(list: ClassList): boolean {
	try {
		localStorage.setItem(KEY, searchOf(writeClass(list)));
		return true;
	} catch {
		return false;
	}
}
