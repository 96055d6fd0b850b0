/** CacheStorage in memory, as far as copies use it; `room` is how many responses it still takes. */
export function fakeCaches(room = Infinity) {
	const left = { room };
	const stores = new Map<string, Map<string, Response>>();
	const withoutSearch = (url: string) => url.split('?')[0];
	const cacheOf = (store: Map<string, Response>) => ({
		async match(address: string | URL, { ignoreSearch = false } = {}) {
			const found = ignoreSearch
				? [...store].find(([url]) => withoutSearch(url) === withoutSearch(String(address)))?.[1]
				: store.get(String(address));
			return found?.clone();
		},
		async put(address: string, response: Response) {
			if (left.room <= 0) throw new DOMException('full', 'QuotaExceededError');
			left.room -= 1;
			store.set(address, response);
		},
		keys: async () => [...store.keys()].map((url) => ({ url }))
	});
	const caches = {
		async open(name: string) {
			if (!stores.has(name)) stores.set(name, new Map());
			return cacheOf(stores.get(name)!);
		},
		keys: async () => [...stores.keys()]
	};
	return { caches: caches as unknown as CacheStorage, left };
}
