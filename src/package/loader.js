/**
 * ES modules do not load from a disk, classic scripts do. A chunk of the site is written for this
 * loader as `rollout.define(its id, the chunks it needs, those it may ask for later, its code)`.
 *
 * Ids are file names ("./islands.js"): a chunk that is not in the page yet is fetched from beside
 * `base`. A worker is made of the functions that the page already holds, so that it needs no file.
 */
(
	/**
	 * @param {typeof globalThis & { rollout?: unknown }} scope a page or a worker
	 * @param {string} [base]
	 */
	function startRollout(scope, base) {
		/** @type {Record<string, { needs: string[]; later: string[]; code: Function }>} */
		const chunks = {};
		/** @type {Record<string, object>} */
		const exported = {};
		/** @type {Record<string, Promise<unknown>>} */
		const arriving = {};

		/** @param {string} id */
		function arrive(id) {
			return (arriving[id] ??= new Promise((resolve, reject) => {
				const script = document.createElement('script');
				script.src = new URL(id, base).href;
				script.onload = resolve;
				script.onerror = () => reject(new Error(`${id} could not be loaded`));
				document.head.append(script);
			}));
		}

		/** @param {string} id @param {Set<string>} seen @returns {Promise<unknown>} */
		async function gather(id, seen) {
			if (seen.has(id)) return;
			seen.add(id);
			if (!(id in chunks)) await arrive(id);
			return Promise.all(chunks[id].needs.map((need) => gather(need, seen)));
		}

		/** @param {string} id */
		function require(id) {
			if (!(id in exported)) chunks[id].code(require, (exported[id] = {}));
			return exported[id];
		}

		/** @param {string} id @param {string[]} found */
		function within(id, found) {
			if (!(id in chunks) || found.includes(id)) return found;
			found.push(id);
			for (const other of [...chunks[id].needs, ...chunks[id].later]) within(other, found);
			return found;
		}

		scope.rollout = {
			/** @param {string} id @param {string[]} needs @param {string[]} later @param {Function} code */
			define(id, needs, later, code) {
				chunks[id] = { needs, later, code };
			},
			/** @param {string} id */
			async load(id) {
				await gather(id, new Set());
				return require(id);
			},
			/** @param {string} id */
			worker(id) {
				const text = [
					`(${startRollout})(self)`,
					...within(id, []).map((each) => {
						const { needs, later, code } = chunks[each];
						return `rollout.define(${JSON.stringify(each)},${JSON.stringify(needs)},${JSON.stringify(later)},${code})`;
					}),
					`rollout.load(${JSON.stringify(id)})`
				].join(';\n');
				const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
				const worker = new Worker(url);
				URL.revokeObjectURL(url);
				return worker;
			}
		};
	}
)(globalThis, /** @type {HTMLScriptElement} */ (document.currentScript).src);
