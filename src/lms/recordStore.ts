import type { Launch } from './launch';
import type { Statement } from './statements';

/** What became of a request: `later` where it may go better another time. */
export type Outcome = 'taken' | 'refused' | 'later';

/** Statements that a store has already got have a number that it knows. */
const KNOWN = 409;
/** A store that does not answer holds up what follows, in milliseconds. */
const LONGEST = 15_000;

/** The learning record store behind a cmi5 platform, as far as a course needs it. */
export class RecordStore {
	constructor(
		private readonly launch: Launch,
		private readonly key: string
	) {}

	/** In this order, all or none. The last ones of a page outlive it. */
	async send(statements: readonly Statement[], isLast = false): Promise<Outcome> {
		return outcomeOf(() =>
			this.#request('POST', 'statements', {}, JSON.stringify(statements), isLast)
		);
	}

	/** Whether a statement of this number is there. */
	async has(statementId: string): Promise<boolean> {
		return (await this.#request('GET', 'statements', { statementId })).ok;
	}

	/** A document of this course and learner; undefined where there is none, or what came was not JSON. */
	async getState(stateId: string): Promise<unknown> {
		return json(await this.#request('GET', 'activities/state', this.#state(stateId)));
	}

	async putState(stateId: string, document: object, isLast = false): Promise<Outcome> {
		const text = JSON.stringify(document);
		return outcomeOf(() =>
			this.#request('PUT', 'activities/state', this.#state(stateId), text, isLast)
		);
	}

	async getProfile(profileId: string): Promise<unknown> {
		const agent = JSON.stringify(this.launch.actor);
		return json(await this.#request('GET', 'agents/profile', { agent, profileId }));
	}

	#state(stateId: string): Record<string, string> {
		const { activityId, actor, registration } = this.launch;
		return { activityId, agent: JSON.stringify(actor), registration, stateId };
	}

	#request(
		method: string,
		resource: string,
		parameters: Record<string, string>,
		body?: string,
		keepalive = false
	): Promise<Response> {
		const url = new URL(resource, this.launch.endpoint);
		for (const [name, text] of Object.entries(parameters)) url.searchParams.set(name, text);
		return fetch(url, {
			method,
			body,
			keepalive,
			credentials: 'omit',
			cache: 'no-store',
			signal: AbortSignal.timeout(LONGEST),
			headers: {
				Authorization: `Basic ${this.key}`,
				'X-Experience-API-Version': '1.0.3',
				...(body !== undefined && { 'Content-Type': 'application/json' })
			}
		});
	}
}

async function outcomeOf(request: () => Promise<Response>): Promise<Outcome> {
	try {
		const { ok, status } = await request();
		if (ok || status === KNOWN) return 'taken';
		return status >= 500 || status === 429 || status === 408 ? 'later' : 'refused';
	} catch {
		return 'later';
	}
}

async function json(response: Response): Promise<unknown> {
	if (!response.ok) return undefined;
	return response.json().catch(() => undefined);
}
