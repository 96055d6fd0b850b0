import { afterEach, expect, test, vi } from 'vitest';
import { EMPTY_CLASS } from '$make/classList';
import { storeClass, storedClass } from '$make/classStore';

const isFigure = (name: string) => name === 'coin';
const list = { ...EMPTY_CLASS, steps: [{ figure: 'coin', entries: [['p', '0.5']] as const }] };

function storage(kept: string | null, refuse?: 'reading' | 'writing') {
	const store = { kept };
	vi.stubGlobal('localStorage', {
		getItem() {
			if (refuse === 'reading') throw new Error('refused');
			return store.kept;
		},
		setItem(_key: string, text: string) {
			if (refuse) throw new Error('refused');
			store.kept = text;
		}
	});
	return store;
}

afterEach(() => vi.unstubAllGlobals());

test('a list is kept as its link says it', () => {
	const store = storage(null);
	expect(storedClass(isFigure)).toEqual(EMPTY_CLASS);
	expect(storeClass(list)).toBe(true);
	expect(store.kept).toBe('figure=coin&p=0.5');
	expect(storedClass(isFigure)).toEqual(list);
});

test.each(['', '{"steps":[1,2]}', '%E0%A4%A&&&=', 'figure=evil&figure'])(
	'from %j, which is no list, an empty one is read',
	(kept) => {
		storage(kept);
		expect(storedClass(isFigure)).toEqual(EMPTY_CLASS);
	}
);

test('a browser that refuses stops nothing', () => {
	storage(null, 'reading');
	expect(storedClass(isFigure)).toEqual(EMPTY_CLASS);
	storage(null, 'writing');
	expect(storeClass(list)).toBe(false);
});
