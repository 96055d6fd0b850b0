/** Pauses between tries, in milliseconds. */
const PAUSES = [500, 1000, 2000, 4000];

/** Does something that the network may fail; after the last try the failure goes on to the caller. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
	for (const pause of PAUSES) {
		try {
			return await act();
		} catch {
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
	return act();
}
