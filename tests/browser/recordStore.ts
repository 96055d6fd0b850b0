import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const SESSION = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/';
const VERBS = 'http://adlnet.gov/expapi/verbs/';

interface Activity {
	id: string;
}

export interface Stored {
	id: string;
	actor: object;
	verb: { id: string };
	object: Activity;
	result?: { score?: object; success?: boolean; completion?: boolean; duration?: string };
	context: {
		registration: string;
		extensions: Record<string, unknown>;
		contextActivities: Record<string, Activity[]>;
	};
	timestamp: string;
}

const LEARNER = {
	objectType: 'Agent',
	account: { homePage: 'https://school.example', name: '17' }
};
const REGISTRATION = '760e3480-ba55-4991-94b0-01820dbd23a2';
const ACTIVITY = 'https://school.example/activities/9';
const PUBLISHER = 'urn:rollout:course:page';

const categoriesOf = ({ context }: Stored) =>
	(context.contextActivities.category ?? []).map(({ id }) => id);
const verbOf = ({ verb }: Stored) => verb.id.replace(VERBS, '');

/** A small cmi5 platform with its learning record store: it holds statements to the profile's rules. */
export class PlatformStore {
	readonly statements: Stored[] = [];
	/** What was wrong with requests. */
	readonly faults: string[] = [];
	readonly documents = new Map<string, string>();
	/** Requests in a row that get no answer. */
	failures = 0;
	#server: Server;
	#visits = 0;
	#keys = new Map<string, { session: string; isGiven: boolean }>();

	constructor(private launchData: object = {}) {
		this.#server = createServer((request, response) => {
			response.setHeader('Access-Control-Allow-Origin', '*');
			response.setHeader('Access-Control-Allow-Methods', 'GET, PUT, POST');
			response.setHeader(
				'Access-Control-Allow-Headers',
				'authorization, content-type, x-experience-api-version'
			);
			if (request.method === 'OPTIONS') return void response.writeHead(204).end();
			if (this.failures > 0) {
				this.failures--;
				return void response.writeHead(503).end();
			}
			void this.#answer(request).then(([status, body]) => {
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(body === undefined ? '' : JSON.stringify(body));
			});
		});
	}

	async open(): Promise<void> {
		this.#server.listen(0, '127.0.0.1');
		await new Promise((resolve) => this.#server.once('listening', resolve));
	}

	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}

	get #root(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
	}

	/** What a launch of the course adds to its address. */
	launch(): string {
		const key = `key-${++this.#visits}`;
		this.#keys.set(key, { session: `session-${this.#visits}`, isGiven: false });
		const parameters = {
			endpoint: `${this.#root}xapi`,
			fetch: `${this.#root}fetch?for=${key}`,
			actor: JSON.stringify(LEARNER),
			registration: REGISTRATION,
			activityId: ACTIVITY
		};
		return new URLSearchParams(parameters).toString();
	}

	verbs(visit = this.#visits): string[] {
		return this.statements
			.filter(({ context }) => context.extensions[SESSION] === `session-${visit}`)
			.map(verbOf);
	}

	async #answer(request: IncomingMessage): Promise<[number, unknown?]> {
		const { pathname, searchParams } = new URL(request.url!, this.#root);
		if (pathname === '/fetch') return this.#giveKey(request, searchParams.get('for') ?? '');
		const key = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const visit = this.#keys.get(key);
		if (!visit?.isGiven) return this.#wrong(401, `${pathname} with the key “${key}”`);
		if (!String(request.headers['x-experience-api-version']).startsWith('1.0')) {
			return this.#wrong(400, `${pathname} without a version`);
		}
		const body = await read(request);
		switch (`${request.method} ${pathname}`) {
			case 'POST /xapi/statements':
				return this.#take(JSON.parse(body), visit.session);
			case 'GET /xapi/statements': {
				const id = searchParams.get('statementId');
				const found = this.statements.find((statement) => statement.id === id);
				return found ? [200, found] : [404];
			}
			case 'GET /xapi/activities/state':
				return this.#document(searchParams, visit.session);
			case 'PUT /xapi/activities/state':
				if (!this.#isOurs(searchParams)) return this.#wrong(400, 'state of somebody else');
				this.documents.set(searchParams.get('stateId')!, body);
				return [204];
			case 'GET /xapi/agents/profile':
				return [404];
			default:
				return this.#wrong(404, `${request.method} ${pathname}`);
		}
	}

	#wrong(status: number, what: string): [number] {
		this.faults.push(what);
		return [status];
	}

	#giveKey(request: IncomingMessage, key: string): [number, unknown?] {
		const visit = this.#keys.get(key);
		if (request.method !== 'POST' || !visit) return this.#wrong(400, 'a wrong request for a key');
		if (visit.isGiven) {
			this.faults.push('a key was asked for twice');
			return [200, { 'error-code': '1', 'error-text': 'already given' }];
		}
		visit.isGiven = true;
		return [200, { 'auth-token': key }];
	}

	#isOurs(given: URLSearchParams): boolean {
		return (
			given.get('activityId') === ACTIVITY &&
			given.get('registration') === REGISTRATION &&
			given.get('agent') === JSON.stringify(LEARNER)
		);
	}

	#document(given: URLSearchParams, session: string): [number, unknown?] {
		if (!this.#isOurs(given)) return this.#wrong(400, 'state of somebody else');
		const stateId = given.get('stateId')!;
		if (stateId === 'LMS.LaunchData') {
			return [
				200,
				{
					contextTemplate: {
						contextActivities: { grouping: [{ objectType: 'Activity', id: PUBLISHER }] },
						extensions: { [SESSION]: session }
					},
					launchMode: 'Normal',
					moveOn: 'CompletedAndPassed',
					...this.launchData
				}
			];
		}
		const text = this.documents.get(stateId);
		return text === undefined ? [404] : [200, JSON.parse(text)];
	}

	#take(statements: Stored[], session: string): [number, unknown?] {
		for (const statement of statements) {
			if (this.statements.some(({ id }) => id === statement.id)) continue;
			const wrong = this.#broken(statement, session);
			if (wrong) return this.#wrong(403, `${verbOf(statement)}: ${wrong}`);
			this.statements.push(statement);
		}
		return [200, statements.map(({ id }) => id)];
	}

	/** Which rule of cmi5 a statement breaks, if any. */
	#broken(statement: Stored, session: string): string | undefined {
		const { id, actor, object, context, result, timestamp } = statement;
		const verb = verbOf(statement);
		const visit = this.verbs(Number(session.replace('session-', '')));
		const all = this.statements.map(verbOf);
		const isDefined = categoriesOf(statement).includes(`${CATEGORY}cmi5`);
		const movesOn = categoriesOf(statement).includes(`${CATEGORY}moveon`);
		const isVerdict = verb === 'passed' || verb === 'failed';
		const rules: [string, boolean][] = [
			['its id is a UUID', UUID.test(id)],
			['it is of the learner', JSON.stringify(actor) === JSON.stringify(LEARNER)],
			['its time is in UTC', /Z$/.test(timestamp) && !Number.isNaN(Date.parse(timestamp))],
			['its registration is ours', context.registration === REGISTRATION],
			['its session is that of the key', context.extensions[SESSION] === session],
			[
				'it keeps the grouping',
				(context.contextActivities.grouping ?? []).some((each) => each.id === PUBLISHER)
			],
			['the visit starts with initialized', visit.length > 0 || verb === 'initialized'],
			['nothing follows terminated', !visit.includes('terminated')],
			['no verb comes twice', !isDefined || !visit.includes(verb)],
			['completed and passed come once', !/^(completed|passed)$/.test(verb) || !all.includes(verb)],
			['failed does not follow passed', verb !== 'failed' || !all.includes('passed')],
			[
				'one verdict a visit',
				!isVerdict || !(visit.includes('passed') || visit.includes('failed'))
			],
			['what cmi5 defines is of the course', !isDefined || object.id === ACTIVITY],
			['answers are not what cmi5 defines', (verb === 'answered') !== isDefined],
			['moveon goes with success and completion', movesOn === (isVerdict || verb === 'completed')],
			['success goes with a verdict', !isDefined || (result?.success !== undefined) === isVerdict],
			['completion goes with completed', (result?.completion === true) === (verb === 'completed')],
			['a score goes with a verdict', result?.score === undefined || isVerdict],
			[
				'a duration is there',
				!isDefined || verb === 'initialized' || /^PT.+S$/.test(result?.duration ?? '')
			]
		];
		return rules.find(([, holds]) => !holds)?.[0];
	}
}

async function read(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}
