import { missingParts, type Platform, type Report, type Standing } from './course';
import { isRecord } from './isRecord';
import type { Launch } from './launch';
import { readLaunchData } from './launchData';
import { Outbox } from './outbox';
import { patiently } from './patiently';
import { RecordStore } from './recordStore';
import { openSession, rememberSession } from './session';
import { Statements } from './statements';
import { readTold, type Told } from './told';
import { uuid } from './uuid';
import { writeWork } from './writeWork';

/** Our own document: the work, and which results have been told. */
const WORK = 'rollout.work';
/** A page that goes away may still send 64 kB in all, statements among them. */
const ROOM = 20_000;

/**
 * A course on a cmi5 platform. “Completed” is told once every question is answered; “passed” at once
 * when the score then reaches the mark (or there is none); “failed” only on leaving, as no other
 * verdict may follow it in the same visit.
 */
export async function openCmi5(
	launch: Launch,
	ownMastery: number | undefined,
	clock: () => number = () => performance.now()
): Promise<Platform | undefined> {
	const session = await patiently(() => openSession(launch));
	if (!session || session.hasEnded) return undefined;
	const store = new RecordStore(launch, session.key);
	const [launchData, document] = await patiently(() =>
		Promise.all([
			store.getState('LMS.LaunchData'),
			store.getState(WORK),
			// The profile wants it read; there is neither sound nor another language here.
			store.getProfile('cmi5LearnerPreferences')
		])
	);
	const { contextTemplate, records, masteryScore, returnURL } = readLaunchData(launchData);
	const mastery = masteryScore ?? ownMastery;
	const statements = new Statements(launch, contextTemplate);
	const outbox = new Outbox((list) => store.send(list));
	const told: Told = isRecord(document) ? readTold(document.told) : {};
	for (const result of Object.values(told)) {
		result.hasArrived ||= await store.has(result.id).catch(() => false);
	}
	const started = clock();
	if (!session.isOpen) outbox.add(statements.defined('initialized', { milliseconds: 0 }));

	const details = ({ right, judged }: Standing) => ({
		milliseconds: clock() - started,
		...(judged > 0 && { score: { right, judged } }),
		...(masteryScore !== undefined && { mastery: masteryScore })
	});
	const isPassed = ({ score }: Standing) => (score ?? 1) >= (mastery ?? 0);
	/** Results of this visit whose statements wait or have gone out. */
	const underWay = new Set<keyof Told>();

	function tell(verb: keyof Told, standing: Standing): void {
		const result = (told[verb] ??= { id: uuid(), hasArrived: false });
		if (result.hasArrived || underWay.has(verb)) return;
		underWay.add(verb);
		outbox.add(statements.defined(verb, { ...details(standing), id: result.id }));
	}

	function tellResults(standing: Standing): void {
		if (standing.done || told.completed) tell('completed', standing);
		if (told.passed || (standing.done && isPassed(standing))) tell('passed', standing);
	}

	const documentOf = ({ work }: Report) => ({ work: writeWork(work, ROOM), told });

	return {
		kept: isRecord(document) && typeof document.work === 'string' ? document.work : '',
		records,
		learner: launch.registration,
		...(returnURL !== undefined && { leaveTo: returnURL }),
		answered(question, answer) {
			if (records) outbox.add(statements.answered(question, answer));
		},
		async report(report) {
			if (records) tellResults(report.standing);
			const isKept = !records || (await store.putState(WORK, documentOf(report))) === 'taken';
			const isTaken = await outbox.flush();
			if (isTaken && !session.isOpen) {
				session.isOpen = true;
				rememberSession(launch, session);
			}
			const arrived = [...underWay].filter((verb) => !told[verb]!.hasArrived);
			const missing = missingParts({ result: isTaken, work: isKept });
			if (missing.length > 0 || arrived.length === 0) return missing;
			for (const verb of arrived) told[verb]!.hasArrived = true;
			const isNoted = (await store.putState(WORK, documentOf(report))) === 'taken';
			return isNoted ? [] : ['work'];
		},
		leave(report) {
			const { standing } = report;
			if (records) {
				tellResults(standing);
				if (standing.done && !told.passed) {
					outbox.add(statements.defined('failed', details(standing)));
				}
				void store.putState(WORK, documentOf(report), true);
			}
			outbox.add(statements.defined('terminated', { milliseconds: clock() - started }));
			void store.send(outbox.empty(), true);
			rememberSession(launch, { ...session, hasEnded: true });
		}
	};
}
