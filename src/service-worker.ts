/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />

/** Keeps a copy of the site in the browser, one version at a time: src/site/offline/ says how. */
import { answer } from './site/offline/answer';
import { keepShell, openCopy, stateOf } from './site/offline/copy';
import { cachePrefix, needsOf, pathOf } from './site/offline/fileList';
import { KeepError, keepFiles, type Copy } from './site/offline/keepFiles';
import type { Message, Reply } from './site/offline/messages';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;

/** The hash of the list of files, put in by tools/listFiles.js: a new one makes browsers update. */
const VERSION = 'VERSION-HERE';
const root = new URL('./', worker.location.href);

let opening: Promise<Copy> | undefined;

/** The copy of this worker’s version; tried again where its list could not be had. */
function openOnce(): Promise<Copy> {
	if (!opening) {
		opening = openCopy(root, VERSION, caches, (...asked) => fetch(...asked));
		opening.catch(() => (opening = undefined));
	}
	return opening;
}

const prefix = cachePrefix(root);
const own = () => caches.open(prefix + VERSION);
const copyNames = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

worker.addEventListener('install', (event) => event.waitUntil(install()));

async function install() {
	try {
		await keepShell(await openOnce());
	} catch (error) {
		const reason = reasonOf(error);
		// A copy that was cut goes on where it stopped; one without room gives its room back.
		if (reason === 'full') await caches.delete(prefix + VERSION);
		for (const page of await worker.clients.matchAll({ includeUncontrolled: true })) {
			page.postMessage({ reason } satisfies Reply);
		}
		throw error;
	}
}

worker.addEventListener('activate', (event) => event.waitUntil(activate()));

const OLDER = new URL('older', root).href;

async function activate() {
	const names = (await copyNames()).filter((name) => name !== prefix + VERSION);
	await (await own()).put(OLDER, Response.json(names));
	await worker.clients.claim();
	await removeOlder();
}

/** Pages of an older version may be open in other windows: its copy goes when they have gone. */
async function removeOlder() {
	const names: string[] | undefined = await (await (await own()).match(OLDER))?.json();
	if (!names || (await worker.clients.matchAll({ type: 'window' })).length > 1) return;
	for (const name of names) await caches.delete(name);
	await (await own()).delete(OLDER);
}

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	if (forgotten || request.method !== 'GET' || !request.url.startsWith(root.href)) return;
	const after = (work: Promise<unknown>) => event.waitUntil(work);
	event.respondWith(
		openOnce().then(
			(copy) => answer(copy, request, after),
			() => fetch(request)
		)
	);
});

worker.addEventListener('message', (event) => {
	const message: Message = event.data;
	if (message.ask === 'take over') void worker.skipWaiting();
	else event.waitUntil(serve(message).then((reply) => event.ports[0]?.postMessage(reply)));
});

/** True once the reader wants no copy: pages that are still open get none. */
let forgotten = false;

async function serve(message: Message): Promise<Reply> {
	forgotten = message.ask === 'forget';
	if (forgotten) {
		opening = undefined;
		for (const name of await copyNames()) await caches.delete(name);
		return {};
	}
	try {
		const copy = await openOnce();
		let reason;
		try {
			await keepFiles(copy, filesOf(copy, message));
			await removeOlder();
		} catch (error) {
			reason = reasonOf(error);
		}
		return { state: await stateOf(copy), reason };
	} catch (error) {
		return { reason: reasonOf(error) };
	}
}

function filesOf({ list }: Copy, message: Message): string[] {
	const listed = (file: string) => Object.hasOwn(list.files, file);
	if (message.ask === 'keep') return message.files.filter(listed);
	if (message.ask !== 'keep page') return [];
	const page = pathOf(new URL(message.page), root);
	return page && listed(page) ? needsOf(list, page) : [];
}

/** Anything but a file that could not be fetched is storage that fails. */
const reasonOf = (error: unknown) => (error instanceof KeepError ? error.reason : 'full');
