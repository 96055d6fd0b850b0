import type { Asked, Platform, Report } from './course';
import { identifier, isNumber } from './interaction';
import { isoDuration } from './isoDuration';
import { ScormApi } from './scormApi';
import { writeWork } from './writeWork';

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
	const mastery = isNumber(theirs) ? Number(theirs) : ownMastery;
	let tries = Number(api.get('cmi.interactions._count')) || 0;
	const waiting: [string, string][] = [];

	function send({ work, standing }: Report): boolean {
		if (!records) return true;
		const { done, score, right, judged, progress } = standing;
		const isTaken = [
			ROOMS.some((room) => api.set('cmi.suspend_data', writeWork(work, room))),
			api.set('cmi.completion_status', done || wasCompleted ? 'completed' : 'incomplete')
		];
		api.set('cmi.progress_measure', String(Math.round(progress * 10_000) / 10_000));
		if (score !== undefined && (done || mastery === undefined)) {
			api.set('cmi.score.min', '0');
			api.set('cmi.score.max', String(judged));
			api.set('cmi.score.raw', String(right));
			isTaken.push(api.set('cmi.score.scaled', String(Math.round(score * 10_000) / 10_000)));
			if (mastery !== undefined) {
				const isPassed = wasPassed || score >= mastery;
				isTaken.push(api.set('cmi.success_status', isPassed ? 'passed' : 'failed'));
			}
		}
		if (work.at !== undefined) api.set('cmi.location', work.at.slice(0, LONGEST_PLACE));
		if (isTaken.every(Boolean)) {
			for (const [element, value] of waiting.splice(0)) api.set(element, value);
		}
		api.set('cmi.session_time', isoDuration(clock() - started));
		return api.commit() && isTaken.every(Boolean);
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
		kept: api.get('cmi.suspend_data'),
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
