import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Asked, Outline, Part, Platform, Report } from '../../src/lms/course';
import { Visit } from '../../src/lms/visit.svelte';
import { writeWork } from '../../src/lms/writeWork';

const asked: Asked = { id: 'w/q', ask: 'What?', judged: true };
const outline: Outline = { questions: [asked], sections: [] };

/** A platform that takes what it is told to take. */
function platform(kept = '', records = true) {
	const state = { missing: [] as Part[], reports: [] as Report[], tries: [] as Answer[], left: 0 };
	const self: Platform = {
		kept,
		records,
		learner: '17',
		answered: (_, answer) => void state.tries.push(answer),
		report(report) {
			state.reports.push(report);
			return Promise.resolve(state.missing);
		},
		leave: () => void state.left++
	};
	return Object.assign(state, { self });
}

const stored = new Map<string, string>();
beforeEach(() => {
	stored.clear();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, text: string) => void stored.set(key, text),
		removeItem: (key: string) => void stored.delete(key)
	});
});
afterEach(() => vi.unstubAllGlobals());

describe('a visit', () => {
	it('tells the platform that it has begun, and what is done', async () => {
		const lms = platform();
		const visit = new Visit(outline, lms.self, 'c');
		await visit.save();
		visit.answer('w/q', '0.4', true);
		await visit.save();
		expect(lms.reports.map(({ standing }) => standing.done)).toEqual([false, true]);
		expect(lms.tries).toEqual([{ given: '0.4', right: true, tries: 1 }]);
		expect(stored.size).toBe(0);
		visit.leave();
		visit.leave();
		expect(lms.left).toBe(1);
	});

	it('keeps what was not taken, and brings it again in the next', async () => {
		const down = platform();
		down.missing = ['result', 'work'];
		const first = new Visit(outline, down.self, 'c');
		first.answer('w/q', 'no', false);
		await first.save();
		expect(first.missing).toEqual(['result', 'work']);
		expect(first.hasCopy).toBe(true);
		first.leave();

		const lms = platform();
		const second = new Visit(outline, lms.self, 'c');
		expect(second.standing.answered).toBe(1);
		expect(lms.tries).toEqual([{ given: 'no', right: false, tries: 1 }]);
		await second.save();
		expect(lms.reports.at(-1)!.standing.done).toBe(true);
		expect(second.missing).toEqual([]);
		expect(stored.size).toBe(0);
		second.leave();
	});

	it('keeps what was done in the last moment, of which nobody says whether it was taken', async () => {
		const visit = new Visit(outline, platform().self, 'c');
		await visit.save();
		visit.answer('w/q', 'late', true);
		visit.leave();
		const next = new Visit(outline, platform().self, 'c');
		expect(next.work.answers.get('w/q')?.given).toBe('late');
		next.leave();
	});

	it('neither uses nor clears what was kept where the course is only reviewed', async () => {
		const down = platform();
		down.missing = ['result', 'work'];
		const first = new Visit(outline, down.self, 'c');
		first.answer('w/q', 'no', false);
		await first.save();
		first.leave();
		const before = new Map(stored);
		const review = new Visit(outline, platform('', false).self, 'c');
		await review.save();
		expect(review.standing.answered).toBe(0);
		review.leave();
		expect(stored).toEqual(before);
	});

	it('begins with the work of the last, and anew where that cannot be read', () => {
		const kept = writeWork(
			{
				answers: new Map([['w/q', { given: 'a', right: true, tries: 2 }]]),
				figures: new Map([['w', { beta: '2' }]]),
				seen: new Set()
			},
			4096
		);
		const visit = new Visit(outline, platform(kept).self, 'c');
		expect(visit.standing.right).toBe(1);
		expect(visit.work.figures.get('w')).toEqual({ beta: '2' });
		expect(new Visit(outline, platform('<garbage>').self, 'c').standing.answered).toBe(0);
	});

	it('works without a platform, and where storage is refused', async () => {
		vi.stubGlobal('localStorage', undefined);
		const alone = new Visit(outline, undefined, 'c');
		alone.answer('w/q', 'x', true);
		await alone.save();
		alone.leave();
		expect(alone.standing.right).toBe(1);
		const down = platform();
		down.missing = ['result', 'work'];
		const visit = new Visit(outline, down.self, 'c');
		await visit.save();
		expect(visit.missing).toHaveLength(2);
		expect(visit.hasCopy).toBe(false);
		visit.leave();
	});
});
