import { isRecord } from './isRecord';
import type { Launch } from './launch';

const STORED = 'rollout.cmi5';
/** How long the platform may take to give its key, in milliseconds. */
const LONGEST = 15_000;

/**
 * One visit from a cmi5 platform. The platform gives out one key a launch, so this tab remembers it:
 * a page that the browser has thrown away and loads again goes on where it was.
 */
export interface Session {
	key: string;
	/** True once the platform has been told that the course is open. */
	isOpen: boolean;
	/** After this nothing more may be said. */
	hasEnded: boolean;
}

function stored(launch: Launch): Session | undefined {
	try {
		const session: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
		if (!isRecord(session) || session.fetch !== launch.fetch) return undefined;
		const { key, isOpen, hasEnded } = session;
		if (typeof key !== 'string') return undefined;
		return { key, isOpen: isOpen === true, hasEnded: hasEnded === true };
	} catch {
		return undefined;
	}
}

export function rememberSession(launch: Launch, session: Session): void {
	try {
		sessionStorage.setItem(STORED, JSON.stringify({ fetch: launch.fetch, ...session }));
	} catch {
		// Storage is refused: a page loaded again cannot go on.
	}
}

/** Undefined where the platform gives no key; throws where it cannot be reached. */
export async function openSession(launch: Launch): Promise<Session | undefined> {
	const known = stored(launch);
	if (known) return known;
	const signal = AbortSignal.timeout(LONGEST);
	const response = await fetch(launch.fetch, { method: 'POST', credentials: 'omit', signal });
	if (!response.ok) throw new Error(`the platform answered ${response.status}`);
	const answer: unknown = await response.json();
	if (!isRecord(answer) || typeof answer['auth-token'] !== 'string') return undefined;
	const session = { key: answer['auth-token'], isOpen: false, hasEnded: false };
	rememberSession(launch, session);
	return session;
}
