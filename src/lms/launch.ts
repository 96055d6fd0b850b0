/** What a cmi5 platform writes into the address that it opens the course with. */
export interface Launch {
	/** Ends with a slash. */
	endpoint: string;
	/** Gives the key to the endpoint, once. */
	fetch: string;
	/** The learner, an xAPI Agent. */
	actor: object;
	registration: string;
	activityId: string;
}

const isHttp = (text: string | null) => /^https?:$/.test(URL.parse(text ?? '')?.protocol ?? '');

/** Undefined where the address was not written by a cmi5 platform. */
export function readLaunch(search: string): Launch | undefined {
	const given = new URLSearchParams(search);
	const [endpoint, fetch, registration, activityId] = [
		given.get('endpoint'),
		given.get('fetch'),
		given.get('registration'),
		given.get('activityId')
	];
	if (!isHttp(endpoint) || !isHttp(fetch) || !registration || !activityId) return undefined;
	try {
		const actor: unknown = JSON.parse(given.get('actor') ?? '');
		if (typeof actor !== 'object' || actor === null || Array.isArray(actor)) return undefined;
		return {
			endpoint: endpoint!.replace(/\/?$/, '/'),
			fetch: fetch!,
			actor,
			registration,
			activityId
		};
	} catch {
		return undefined;
	}
}
