import { describe, expect, it } from 'vitest';
import { NO_WORK, standingOf, type Asked, type Outline, type Work } from '../../src/lms/course';
import { isoDuration } from '../../src/lms/isoDuration';
import { openScorm12, timespan } from '../../src/lms/scorm12';
import { openScorm2004 } from '../../src/lms/scorm2004';

const asked = (id: string): Asked => ({ id, ask: `What of ${id}?`, judged: true });
const outline: Outline = { questions: [asked('w/one'), asked('w/two')], sections: [] };

function report(...verdicts: boolean[]) {
	const answers = outline.questions
		.slice(0, verdicts.length)
		.map(({ id }, i) => [id, { given: '0.4', right: verdicts[i], tries: 1 }] as const);
	const work: Work = { ...NO_WORK, answers: new Map(answers) };
	return { work, standing: standingOf(outline, work) };
}

/** A platform's script that takes everything, but for the calls given. */
function platform(prefix: string, values: Record<string, string>, other: object = {}) {
	const model = { ...values };
	const calls: string[] = [];
	const note = (call: string) => calls.push(call);
	const script: Record<string, unknown> = {
		[`${prefix}Initialize`]: () => 'true',
		[`${prefix}GetValue`]: (name: string) => model[name] ?? '',
		[`${prefix}SetValue`]: (name: string, value: string) => {
			note(`${name}=${value}`);
			model[name] = value;
			return 'true';
		},
		[`${prefix}Commit`]: () => (note('commit'), 'true'),
		[prefix === '' ? 'Terminate' : 'LMSFinish']: () => (note('finish'), 'true'),
		...other
	};
	return { script, model, calls };
}

const at12 = (values: Record<string, string> = {}, other: object = {}) =>
	platform('LMS', { 'cmi.core.lesson_status': 'not attempted', ...values }, other);
const at2004 = (values: Record<string, string> = {}, other: object = {}) =>
	platform('', { 'cmi.completion_status': 'unknown', ...values }, other);

describe('SCORM 1.2', () => {
	it('is incomplete, with the score so far, then completed', async () => {
		const { script, model } = at12();
		const course = openScorm12(script, undefined)!;
		expect(await course.report(report(true))).toEqual([]);
		expect(model['cmi.core.lesson_status']).toBe('incomplete');
		expect(model['cmi.core.score.raw']).toBe('50');
		await course.report(report(true, false));
		expect(model['cmi.core.lesson_status']).toBe('completed');
	});

	it('gives a verdict at the end only, by the mark of the platform before its own', async () => {
		const { script, model } = at12({ 'cmi.student_data.mastery_score': '50' });
		const course = openScorm12(script, 0.9)!;
		await course.report(report(true));
		expect(model['cmi.core.score.raw']).toBeUndefined();
		await course.report(report(false, false));
		expect(model['cmi.core.lesson_status']).toBe('failed');
		await course.report(report(true, false));
		expect(model['cmi.core.lesson_status']).toBe('passed');
	});

	it('never takes back what was reached', async () => {
		const { script, model } = at12({ 'cmi.core.lesson_status': 'passed' });
		await openScorm12(script, 0.5)!.report(report());
		expect(model['cmi.core.lesson_status']).toBe('passed');
	});

	it('writes nothing where the course is reviewed, and still closes it', async () => {
		const { script, calls } = at12({ 'cmi.core.lesson_mode': 'review' });
		const course = openScorm12(script, undefined)!;
		expect(course.records).toBe(false);
		await course.report(report(true));
		course.leave(report(true));
		expect(calls).toEqual(['finish']);
	});

	it('sends answers as interactions where the platform has them', async () => {
		const { script, model } = at12({
			'cmi.interactions._children': 'id,type',
			'cmi.interactions._count': '3'
		});
		const course = openScorm12(script, undefined)!;
		course.answered(asked('w/one'), { given: '0.4', right: false, tries: 1 });
		await course.report(report(false));
		expect(model['cmi.interactions.3.id']).toBe('w.one');
		expect(model['cmi.interactions.3.type']).toBe('numeric');
		expect(model['cmi.interactions.3.result']).toBe('wrong');
	});

	it('asks to be resumed, saves and closes when it is left', () => {
		const { script, calls } = at12();
		openScorm12(script, undefined)!.leave(report(true));
		expect(calls).toContain('cmi.core.exit=suspend');
		expect(calls.slice(-2)).toEqual(['commit', 'finish']);
	});

	it.each([
		['true', true],
		[true, true],
		[1, true],
		['false', true],
		[undefined, true]
	])('is open where Initialize answers %o and the model can be read', (answer, isOpen) => {
		const { script } = at12({}, { LMSInitialize: () => answer });
		expect(openScorm12(script, undefined) !== undefined).toBe(isOpen);
	});

	it('is not open where nothing can be read', () => {
		const { script } = at12({}, { LMSInitialize: () => 'false', LMSGetValue: () => '' });
		expect(openScorm12(script, undefined)).toBeUndefined();
		expect(openScorm12({}, undefined)).toBeUndefined();
	});

	it.each(['LMSSetValue', 'LMSCommit'])(
		'says so where %s throws, and takes it up again',
		async (call) => {
			const { script, model } = at12({ 'cmi.interactions._children': 'id' });
			const works = script[call];
			const course = openScorm12(script, undefined)!;
			script[call] = () => {
				throw new Error('out of order');
			};
			course.answered(asked('w/one'), { given: 'x', right: true, tries: 1 });
			expect(await course.report(report(true))).toEqual(['result', 'work']);
			script[call] = works;
			expect(await course.report(report(true))).toEqual([]);
			expect(model['cmi.interactions.0.id']).toBe('w.one');
		}
	);

	it('writes time as the standard does', () => {
		expect(timespan(0)).toBe('0000:00:00.00');
		expect(timespan(3_723_456)).toBe('0001:02:03.46');
		expect(timespan(1e12)).toBe('9999:00:00.00');
	});
});

describe('SCORM 2004', () => {
	it('keeps completion, success and score apart', async () => {
		const { script, model } = at2004({ 'cmi.scaled_passing_score': '0.5' });
		const course = openScorm2004(script, undefined)!;
		await course.report(report(true));
		expect(model).toMatchObject({
			'cmi.completion_status': 'incomplete',
			'cmi.progress_measure': '0.5'
		});
		expect(model['cmi.success_status']).toBeUndefined();
		await course.report(report(true, false));
		expect(model).toMatchObject({
			'cmi.completion_status': 'completed',
			'cmi.success_status': 'passed',
			'cmi.score.scaled': '0.5',
			'cmi.score.raw': '1',
			'cmi.score.max': '2'
		});
	});

	it('leaves success alone where there is no mark', async () => {
		const { script, model } = at2004();
		await openScorm2004(script, undefined)!.report(report(false, false));
		expect(model['cmi.completion_status']).toBe('completed');
		expect(model['cmi.score.scaled']).toBe('0');
		expect(model['cmi.success_status']).toBeUndefined();
	});

	it('keeps less where the platform has less room', async () => {
		const { script, model } = at2004();
		const set = script.SetValue as (name: string, value: string) => string;
		script.SetValue = (name: string, value: string) =>
			value.length > 4000 ? 'false' : set(name, value);
		const figures = new Map(['a', 'b', 'c'].map((id) => [id, { text: 'x'.repeat(1900) }]));
		const { work, standing } = report(true);
		const missing = await openScorm2004(script, undefined)!.report({
			work: { ...work, figures },
			standing
		});
		expect(missing).toEqual([]);
		expect(model['cmi.suspend_data']).toContain('f.c.text');
		expect(model['cmi.suspend_data']).not.toContain('f.a.text');
	});

	it('writes spans of time as ISO 8601 does', () => {
		expect(isoDuration(0)).toBe('PT0S');
		expect(isoDuration(3_723_456)).toBe('PT1H2M3.46S');
		expect(isoDuration(60_000)).toBe('PT1M0S');
	});
});
