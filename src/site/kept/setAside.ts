/**
 * Moves what cannot be used as ours to a key beside it, so that nobody's data is lost. False where
 * there is no room for that; it then stays where it was.
 */
export function setAside(storage: Storage, key: string, text: string): boolean {
	let place = `${key}.aside`;
	for (let n = 2; ![null, text].includes(storage.getItem(place)); n++) place = `${key}.aside.${n}`;
	// First, because there may be no room for both.
	storage.removeItem(key);
	try {
		storage.setItem(place, text);
		return true;
	} catch {
		storage.setItem(key, text);
		return false;
	}
}
