import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_WORK, standingOf, type Asked, type Outline, type Work } from '../../src/lms/course';
import { findApi } from '../../src/lms/findApi';
import { openScorm12 } from '../../src/lms/scorm12';
import { openScorm2004 } from '../../src/lms/scorm2004';
import { Visit } from '../../src/lms/visit.svelte';
import { readWork } from '../../src/lms/writeWork';

const asked: Asked = { id: 'w/q', ask: 'What?', judged: true };
const outline: Outline = { questions: [asked], sections: [] };
const answer = { given: '0.4', right: true, tries: 1 };
const work: Work = { ...NO_WORK, answers: new Map([['w/q', answer]]) };
const report = { work, standing: standingOf(outline, work) };

type Script = Record<string, (...values: string[]) => unknown>;

/** A platform of SCORM 1.2, made of odd parts. */
function platform(model: Record<string, unknown>, other: Script = {}) {
	const script: Script = {
		LMSInitialize: () => 'true',
		LMSGetValue: (name) => model[name] ?? '',
		LMSSetValue: (name, value) => ((model[name] = value), 'true'),
		LMSCommit: () => 'true',
		LMSFinish: () => 'true',
		...other
	};
	return openScorm12(script, undefined)!;
}

const fresh = () => ({ 'cmi.core.lesson_status': 'not attempted' }) as Record<string, unknown>;

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('a hostile script', () => {
	const answers = fc.oneof(
		fc.anything(),
		fc.constantFrom('true', 'false', 'null', 'undefined', '', 0, 1, NaN, Symbol('x')),
		fc.constant(Object.create(null)),
		fc.constant(Promise.resolve('true'))
	);
	const call = fc.oneof(
		answers.map((given) => () => given),
		fc.constant(() => {
			throw new Error('out of order');
		}),
		fc.constant(undefined)
	);
	const names = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'GetLastError'];

	it.each([
		['SCORM 1.2', openScorm12, [...names, 'Finish'].map((name) => `LMS${name}`)],
		['SCORM 2004', openScorm2004, [...names, 'Terminate']]
	] as const)('of %s throws nothing at the page', async (_, open, calls) => {
		const script = fc.record(Object.fromEntries(calls.map((name) => [name, call])));
		await fc.assert(
			fc.asyncProperty(script, async (script) => {
				const course = open(script, 0.5);
				course?.answered(asked, answer);
				const missing = await course?.report(report);
				course?.leave(report);
				expect(['string', 'undefined']).toContain(typeof course?.kept);
				for (const part of missing ?? []) expect(['result', 'work']).toContain(part);
			}),
			{ seed: 6, numRuns: 500 }
		);
	});

	it.each(['undefined', 'null', null, undefined])('that reads %o has nothing there', (value) => {
		const course = platform({
			...fresh(),
			'cmi.suspend_data': value,
			'cmi.core.student_id': value
		});
		expect([course.kept, course.learner]).toEqual(['', '']);
	});

	it.each([['-1'], ['1.5'], ['Infinity'], ['many'], [null]])(
		'that has %o interactions gets the first',
		async (count) => {
			const model = {
				...fresh(),
				'cmi.interactions._children': 'id',
				'cmi.interactions._count': count
			} as Record<string, unknown>;
			const course = platform(model);
			course.answered(asked, answer);
			await course.report(report);
			expect(model['cmi.interactions.0.id']).toBe('w.q');
		}
	);

	it('that asks for more than all is not believed', async () => {
		const model = { ...fresh(), 'cmi.student_data.mastery_score': '700' };
		await platform(model).report(report);
		expect(model).toMatchObject({ 'cmi.core.lesson_status': 'completed' });
	});
});

describe('a part that is not taken', () => {
	const without = (element: string, model = fresh()) =>
		platform(model, {
			LMSSetValue(name, value) {
				if (name === element) throw new Error('not this one');
				model[name] = value;
				return 'true';
			}
		});

	it.each([
		['cmi.suspend_data', ['work']],
		['cmi.core.lesson_status', ['result']],
		['cmi.core.score.raw', ['result']],
		['cmi.core.score.min', []],
		['cmi.core.session_time', []]
	])('is told where %s throws', async (element, missing) => {
		const model = fresh();
		expect(await without(element, model).report(report)).toEqual(missing);
		const others = ['cmi.suspend_data', 'cmi.core.lesson_status', 'cmi.core.score.raw'];
		for (const other of others.filter((name) => name !== element)) {
			expect(model[other]).not.toBe(fresh()[other]);
		}
	});

	it('is all where the platform does not commit', async () => {
		const course = platform(fresh(), { LMSCommit: () => 'false' });
		expect(await course.report(report)).toEqual(['result', 'work']);
	});
});

describe('a memory that is cut', () => {
	const figures = new Map(['a', 'b', 'c'].map((id) => [id, { text: 'x'.repeat(900) }]));
	const long = { ...report, work: { ...work, figures } };
	const cutting = (model: Record<string, unknown>, length: number) =>
		platform(model, {
			LMSSetValue: (name, value) => ((model[name] = value.slice(0, length)), 'true')
		});

	it.each([4096, 2000, 255])('at %i characters holds a whole text', async (length) => {
		const model = fresh();
		const course = cutting(model, length);
		expect(await course.report(long)).toEqual([]);
		const back = readWork(String(model['cmi.suspend_data']));
		expect(back.whole).toBe(true);
		expect(back.work.answers).toEqual(work.answers);
		expect(await course.report(long)).toEqual([]);
	});

	it('at too few is told', async () => {
		expect(await cutting(fresh(), 12).report(long)).toEqual(['work']);
	});

	it('after the visit gets less in the next', async () => {
		const model = fresh();
		await platform(model).report(long);
		model['cmi.suspend_data'] = String(model['cmi.suspend_data']).slice(0, 1500);
		const course = platform(model);
		const visit = new Visit(outline, course, 'c');
		expect(visit.isCut).toBe(true);
		expect(visit.work.answers).toEqual(work.answers);
		await course.report(long);
		const { work: back, whole } = readWork(String(model['cmi.suspend_data']));
		expect([whole, [...back.figures.keys()]]).toEqual([true, ['c']]);
		visit.leave();
	});
});

describe('a visit to such a platform', () => {
	it('closes it once', () => {
		const finish = vi.fn(() => 'true');
		const visit = new Visit(outline, platform(fresh(), { LMSFinish: finish }), 'c');
		visit.leave();
		visit.leave();
		visit.answer('w/q', '1', true);
		expect(finish).toHaveBeenCalledTimes(1);
		expect(visit.work.answers.size).toBe(1);
	});

	it('saves less often where saving holds the page up', async () => {
		vi.useFakeTimers();
		const commits: number[] = [];
		const slow = platform(fresh(), {
			LMSCommit() {
				commits.push(performance.now());
				vi.advanceTimersByTime(3000);
				return 'true';
			}
		});
		const visit = new Visit(outline, slow, 'c');
		await visit.save();
		const held = commits.length;
		visit.answer('w/q', '1', true);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(commits.length).toBe(held);
		await vi.advanceTimersByTimeAsync(15_000);
		expect(commits.length).toBe(held + 1);
		visit.leave();
	});

	it('keeps no copy that could be of another learner', async () => {
		const setItem = vi.fn();
		vi.stubGlobal('localStorage', { getItem: () => null, setItem, removeItem() {} });
		const nameless = platform(fresh(), { LMSCommit: () => 'false' });
		const visit = new Visit(outline, nameless, 'c');
		await visit.save();
		expect(visit.missing).toEqual(['result', 'work']);
		visit.leave();
		expect(setItem).not.toHaveBeenCalled();
	});
});

describe('the script of a platform', () => {
	const script = { LMSInitialize: () => 'true' };
	const top = (more: object = {}) => {
		const self = { ...more } as Record<string, unknown>;
		return (self.parent ??= self) && (self as never as Window);
	};

	it('is found where it comes after two seconds, behind the window that opened this one', async () => {
		vi.useFakeTimers();
		const opener = top() as never as Record<string, unknown>;
		setTimeout(() => (opener.API = script), 2000);
		const found = findApi(top({ opener }), 'API');
		await vi.advanceTimersByTimeAsync(2100);
		expect(await found).toBe(script);
	});

	it('is told from other things of its name, and from windows that refuse', async () => {
		const parent = top({ API: script });
		expect(await findApi(top({ parent, API: { version: 3 } }), 'API')).toBe(script);
		const refusing = new Proxy({} as Window, {
			get() {
				throw new DOMException('refused', 'SecurityError');
			}
		});
		vi.useFakeTimers();
		const none = findApi(top({ parent: refusing, opener: refusing }), 'API');
		await vi.advanceTimersByTimeAsync(5000);
		expect(await none).toBeUndefined();
	});
});
