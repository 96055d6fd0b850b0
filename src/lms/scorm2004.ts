import { missingParts, type Asked, type Part, type Platform, type Report } from './course';
import { identifier, isNumber } from './interaction';
import { isoDuration } from './isoDuration';
import { ScormApi } from './scormApi';
import { isCut, writeWork } from './writeWork';

/** Characters that a platform keeps of a course: the fourth edition's, then the second's. */
const ROOMS = [64_000, 4000];
const LONGEST_ANSWER = 250;
const LONGEST_PLACE = 1000;

/**
 * A course on a platform of SCORM 2004: completion, success and score stand apart. Without a mark to
 * reach success stays "unknown"; with one it is judged, like the score, once every question is
 * answered, as platforms make of a score below the mark "failed" at once.
 */
export function openScorm2004(
	script: Record<string, unknown>,
	ownMastery: number | undefined,
	clock: () => number = () => performance.now()
): Platform | undefined {
	const api = new ScormApi(script, '2004');
	if (!api.open('cmi.completion_status')) return undefined;
	const started = clock();
	const records = !['review', 'browse'].includes(api.get('cmi.mode'));
	const wasCompleted = api.get('cmi.completion_status') === 'completed';
	const wasPassed = api.get('cmi.success_status') === 'passed';
	const theirs = api.get('cmi.scaled_passing_score');
	const mastery = isNumber(theirs) && Number(theirs) <= 1 ? Number(theirs) : ownMastery;
	const kept = api.get('cmi.suspend_data');
	const rooms = isCut(kept) ? [kept.length] : ROOMS;
	let tries = api.count('cmi.interactions._count');
	const waiting: [string, string][] = [];

	function send({ work, standing }: Report): Part[] {
		if (!records) return [];
		const { done, score, right, judged, progress } = standing;
		const isKept = api.setLongest('cmi.suspend_data', rooms, (room) => writeWork(work, room));
		let isTold = api.set(
			'cmi.completion_status',
			done || wasCompleted ? 'completed' : 'incomplete'
		);
		api.set('cmi.progress_measure', String(Math.round(progress * 10_000) / 10_000));
		if (score !== undefined && (done || mastery === undefined)) {
			api.set('cmi.score.min', '0');
			api.set('cmi.score.max', String(judged));
			api.set('cmi.score.raw', String(right));
			isTold = api.set('cmi.score.scaled', String(Math.round(score * 10_000) / 10_000)) && isTold;
			if (mastery !== undefined) {
				const isPassed = wasPassed || score >= mastery;
				isTold = api.set('cmi.success_status', isPassed ? 'passed' : 'failed') && isTold;
			}
		}
		if (work.at !== undefined) api.set('cmi.location', work.at.slice(0, LONGEST_PLACE));
		if (isTold) {
			for (const [element, value] of waiting.splice(0)) api.set(element, value);
		}
		api.set('cmi.session_time', isoDuration(clock() - started));
		const isCommitted = api.commit();
		return missingParts({ result: isTold && isCommitted, work: isKept && isCommitted });
	}

	function note({ id, ask }: Asked, given: string, right: boolean | undefined): void {
		const at = `cmi.interactions.${tries++}`;
		waiting.push(
			[`${at}.id`, identifier(id)],
			[`${at}.type`, isNumber(given) ? 'numeric' : 'fill-in'],
			[`${at}.timestamp`, `${new Date().toISOString().slice(0, 22)}Z`],
			[`${at}.description`, ask.slice(0, LONGEST_ANSWER)],
			[`${at}.learner_response`, given.slice(0, LONGEST_ANSWER)],
			[`${at}.result`, right === undefined ? 'neutral' : right ? 'correct' : 'incorrect']
		);
	}

	return {
		kept,
		records,
		learner: api.get('cmi.learner_id'),
		answered: (question, { given, right }) => note(question, given, right),
		report: (report) => Promise.resolve(send(report)),
		leave(report) {
			if (records) api.set('cmi.exit', 'suspend');
			send(report);
			api.close();
		}
	};
}
