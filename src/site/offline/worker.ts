/** Why there can be no copy in this browser. */
export type Refusal = 'disk' | 'frame' | 'insecure' | 'unable' | 'off' | 'development';

const OFF = 'rollout.offline';

/** Whether the reader has asked for no copy. */
export function isOff(): boolean {
	try {
		return localStorage.getItem(OFF) === 'off';
	} catch {
		return false;
	}
}

export function setOff(off: boolean): void {
	try {
		if (off) localStorage.setItem(OFF, 'off');
		else localStorage.removeItem(OFF);
	} catch {
		// Storage is refused, and a copy with it.
	}
}

/** Starts the site’s service worker, or says why there is none. Never throws. */
export async function register(root: URL): Promise<ServiceWorkerRegistration | Refusal> {
	if (!location.protocol.startsWith('http')) return 'disk';
	// In a page of someone else’s a copy would be another one, apart, that nobody asked for.
	if (globalThis.parent !== globalThis.self) return 'frame';
	if (!isSecureContext) return 'insecure';
	if (isOff()) return 'off';
	if (import.meta.env.DEV) return 'development';
	try {
		const script = new URL('service-worker.js', root);
		const registration = await navigator.serviceWorker.register(script, {
			scope: root.pathname,
			updateViaCache: 'none'
		});
		return registration ?? 'unable';
	} catch {
		return 'unable';
	}
}

/** The worker that answers, once there is one; undefined where its start failed. */
export function activeWorker(
	registration: ServiceWorkerRegistration
): Promise<ServiceWorker | undefined> {
	return new Promise((resolve) => {
		if (registration.active) return resolve(registration.active);
		const starting = registration.installing ?? registration.waiting;
		if (!starting) return resolve(undefined);
		starting.addEventListener('statechange', () => {
			if (starting.state === 'activated') resolve(starting);
			if (starting.state === 'redundant') resolve(undefined);
		});
	});
}
