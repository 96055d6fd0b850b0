import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLaunch } from '../../src/lms/launch';
import { readLaunchData } from '../../src/lms/launchData';
import { Outbox } from '../../src/lms/outbox';
import type { Outcome } from '../../src/lms/recordStore';
import { Statements, type Statement } from '../../src/lms/statements';
import { readTold } from '../../src/lms/told';
import { uuid } from '../../src/lms/uuid';

const LAUNCH = {
	endpoint: 'https://lrs.example/xapi/',
	fetch: 'https://lms.example/key?for=1',
	actor: { objectType: 'Agent', account: { homePage: 'https://lms.example', name: '17' } },
	registration: '760e3480-ba55-4991-94b0-01820dbd23a2',
	activityId: 'https://lms.example/activities/9'
};
const address = (changed: Record<string, string> = {}) =>
	`?${new URLSearchParams({ ...LAUNCH, actor: JSON.stringify(LAUNCH.actor), ...changed })}`;

describe('a launch', () => {
	it('is read from the address, in any order and with or without the last slash', () => {
		expect(readLaunch(address())).toEqual(LAUNCH);
		expect(readLaunch(address({ endpoint: 'https://lrs.example/xapi', other: '1' }))).toEqual(
			LAUNCH
		);
	});

	it.each([
		['endpoint', 'javascript:alert(1)'],
		['endpoint', ''],
		['fetch', 'data:,x'],
		['actor', '{'],
		['actor', '[]'],
		['actor', 'null'],
		['registration', ''],
		['activityId', '']
	])('is none where %s is “%s”', (name, text) => {
		expect(readLaunch(address({ [name]: text }))).toBeUndefined();
	});

	it('has data of which nothing is taken on trust', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (document) => {
				const {
					contextTemplate,
					records,
					returnURL = 'https:',
					masteryScore = 0
				} = readLaunchData(document);
				expect(typeof contextTemplate).toBe('object');
				expect(typeof records).toBe('boolean');
				expect(returnURL).toMatch(/^https?:/);
				expect(masteryScore).toBeGreaterThanOrEqual(0);
				expect(Object.keys(readTold(document)).every((verb) => /completed|passed/.test(verb))).toBe(
					true
				);
			}),
			{ seed: 6 }
		);
		expect(readLaunchData({ returnURL: 'javascript:alert(1)' }).returnURL).toBeUndefined();
		expect(readLaunchData({ launchMode: 'Review' }).records).toBe(false);
	});
});

describe('statements', () => {
	const template = {
		contextActivities: {
			grouping: [{ id: 'urn:publisher' }],
			category: { id: 'urn:old' },
			parent: [{ id: 'urn:p' }]
		},
		extensions: { 'urn:session': 's1' },
		platform: 'School'
	};
	const statements = new Statements(LAUNCH, template);

	it('keep all that the template holds', () => {
		for (const verb of ['initialized', 'completed', 'passed', 'terminated'] as const) {
			const { context } = statements.defined(verb, { milliseconds: 10, mastery: 0.5 });
			expect(context).toMatchObject({
				platform: 'School',
				registration: LAUNCH.registration,
				extensions: template.extensions,
				contextActivities: { grouping: template.contextActivities.grouping }
			});
			expect(JSON.stringify(context)).toContain('urn:old');
		}
	});

	it('give a score and the mark with a verdict only', () => {
		const details = { milliseconds: 1500, score: { right: 1, judged: 3 }, mastery: 0.5 };
		const failed = statements.defined('failed', details);
		expect(failed.result).toEqual({
			success: false,
			score: { scaled: 0.3333, raw: 1, min: 0, max: 3 },
			duration: 'PT1.5S'
		});
		expect(JSON.stringify(failed.context)).toContain('extensions/masteryscore":0.5');
		const completed = statements.defined('completed', details);
		expect(completed.result).toEqual({ completion: true, duration: 'PT1.5S' });
		expect(JSON.stringify(completed.context)).not.toContain('masteryscore');
	});

	it('have numbers that are UUIDs of the fourth version, each its own', () => {
		const all = Array.from({ length: 200 }, uuid);
		for (const id of all) {
			expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
		}
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('the outbox', () => {
	const statement = (id: number) => ({ id: String(id) }) as Statement;

	it('brings every statement once and in order, whatever the network does', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom<Outcome>('taken', 'later', 'refused'), { maxLength: 40 }),
				fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
				async (outcomes, steps) => {
					const arrived: string[] = [];
					const refused: string[] = [];
					const outbox = new Outbox(async ([{ id }]) => {
						await undefined;
						const outcome = outcomes.shift() ?? 'taken';
						if (outcome === 'taken') arrived.push(id);
						if (outcome === 'refused') refused.push(id);
						return outcome;
					});
					let count = 0;
					for (const adds of steps) {
						if (adds) outbox.add(statement(count++));
						else await outbox.flush();
					}
					while (outcomes.length > 0 && count > 0) {
						outbox.add(statement(count++));
						await outbox.flush();
					}
					await outbox.flush();
					const all = [...arrived, ...refused].map(Number).sort((a, b) => a - b);
					expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
					expect(arrived).toEqual([...arrived].sort((a, b) => Number(a) - Number(b)));
				}
			),
			{ seed: 6, numRuns: 200 }
		);
	});

	it('hands over what has not been taken, and keeps nothing', async () => {
		let answer!: (outcome: Outcome) => void;
		const outbox = new Outbox(() => new Promise((resolve) => (answer = resolve)));
		for (const id of [1, 2, 3]) outbox.add(statement(id));
		const flushed = outbox.flush();
		expect(outbox.empty().map(({ id }) => id)).toEqual(['1', '2', '3']);
		answer('taken');
		expect(await flushed).toBe(true);
		expect(outbox.empty()).toEqual([]);
	});
});
