import { missingParts, type Part, type Platform, type Report } from './course';
import { identifier, isNumber } from './interaction';
import { ScormApi } from './scormApi';
import { isCut, writeWork } from './writeWork';

/** Characters that SCORM 1.2 keeps of a course, those that some keep of it, and of one answer. */
const ROOMS = [4096, 4000];
const LONGEST_ANSWER = 255;

/** A span of time as SCORM 1.2 writes it: "0001:02:03.45". */
export function timespan(milliseconds: number): string {
	const hundredths = Math.min(Math.round(milliseconds / 10), 9999 * 360_000);
	const two = (number: number) => String(number).padStart(2, '0');
	const hours = String(Math.floor(hundredths / 360_000)).padStart(4, '0');
	const minutes = Math.floor(hundredths / 6000) % 60;
	return `${hours}:${two(minutes)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/**
 * A course on a platform of SCORM 1.2. Its one status is "incomplete" until every question is
 * answered, then "completed", or with a mark to reach "passed" or "failed". With such a mark the
 * score waits until then too, as platforms make of a score below the mark "failed" at once.
 */
export function openScorm12(
	script: Record<string, unknown>,
	ownMastery: number | undefined,
	clock: () => number = () => performance.now()
): Platform | undefined {
	const api = new ScormApi(script, '1.2');
	if (!api.open('cmi.core.lesson_status')) return undefined;
	const started = clock();
	const records = !['review', 'browse'].includes(api.get('cmi.core.lesson_mode'));
	const first = api.get('cmi.core.lesson_status');
	const theirs = api.get('cmi.student_data.mastery_score');
	const mastery = isNumber(theirs) && Number(theirs) <= 100 ? Number(theirs) / 100 : ownMastery;
	const kept = api.get('cmi.suspend_data');
	const rooms = isCut(kept) ? [kept.length] : ROOMS;
	const takesAnswers = api.get('cmi.interactions._children') !== '';
	let tries = api.count('cmi.interactions._count');
	const waiting: [string, string][] = [];

	/** What was reached is never taken back. */
	function status({ done, score }: Report['standing']): string {
		if (first === 'passed' || (first === 'completed' && mastery === undefined)) return first;
		if (!done) return first === 'completed' || first === 'failed' ? first : 'incomplete';
		if (mastery === undefined || score === undefined) return 'completed';
		return score >= mastery ? 'passed' : 'failed';
	}

	function send({ work, standing }: Report): Part[] {
		if (!records) return [];
		const { done, score } = standing;
		const isKept = api.setLongest('cmi.suspend_data', rooms, (room) => writeWork(work, room));
		let isTold = api.set('cmi.core.lesson_status', status(standing));
		if (score !== undefined && (done || mastery === undefined)) {
			api.set('cmi.core.score.min', '0');
			api.set('cmi.core.score.max', '100');
			isTold = api.set('cmi.core.score.raw', String(Math.round(score * 10_000) / 100)) && isTold;
		}
		if (work.at !== undefined) api.set('cmi.core.lesson_location', work.at.slice(0, 255));
		if (isTold) {
			for (const [element, value] of waiting.splice(0)) api.set(element, value);
		}
		api.set('cmi.core.session_time', timespan(clock() - started));
		const isCommitted = api.commit();
		return missingParts({ result: isTold && isCommitted, work: isKept && isCommitted });
	}

	return {
		kept,
		records,
		learner: api.get('cmi.core.student_id'),
		answered({ id }, { given, right }) {
			if (!takesAnswers) return;
			const at = `cmi.interactions.${tries++}`;
			waiting.push(
				[`${at}.id`, identifier(id)],
				[`${at}.type`, isNumber(given) ? 'numeric' : 'fill-in'],
				[`${at}.time`, new Date().toTimeString().slice(0, 8)],
				[`${at}.student_response`, given.slice(0, LONGEST_ANSWER)],
				[`${at}.result`, right === undefined ? 'neutral' : right ? 'correct' : 'wrong']
			);
		},
		report: (report) => Promise.resolve(send(report)),
		leave(report) {
			if (records) api.set('cmi.core.exit', 'suspend');
			send(report);
			api.close();
		}
	};
}
