import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unzipSync } from 'fflate';
import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courseZip } from '../../src/package/lms/courseZip.js';
import { siteIn } from '../../tools/siteIn.js';
import { PlatformStore } from './recordStore';
import { useSite } from './site';

const site = useSite();
const WAIT = { timeout: 15_000 };
const FIGURE = 'embed/group-advantages/';
const LESSON = 'lessons/policy-of-tokens/';
/** A figure of this lesson would ask before it is seen, if it did not start as the instructor set it. */
const CHOSEN = { page: 'lessons/grpo-dynamics/', settings: 'advantages.epsilon=0.5' };

type Standard = 'scorm12' | 'scorm2004' | 'cmi5';

/** A learning platform's server: its pages, the packages it has unpacked, and what was committed. */
const pages = new Map<string, string>();
const packages: Record<string, Record<string, Uint8Array>> = {};
let committed: Record<string, string> = {};
let server: Server;
let root = '';

beforeAll(async () => {
	const kinds: [Standard, string, { mastery?: number; settings?: string }][] = [
		['scorm12', FIGURE, {}],
		['scorm2004', LESSON, { mastery: 0.01 }],
		['cmi5', FIGURE, {}]
	];
	for (const [standard, page, choice] of kinds) {
		packages[standard] = unzipSync(await courseZip(siteIn('build'), page, { standard, ...choice }));
	}
	const { page, settings } = CHOSEN;
	packages.chosen = unzipSync(
		await courseZip(siteIn('build'), page, { standard: 'scorm12', settings, title: 'β & more' })
	);
	server = createServer((request, response) => {
		const { pathname } = new URL(request.url!, 'http://lms');
		if (pathname === '/commit') {
			let body = '';
			request.on('data', (part) => (body += part));
			request.on('end', () => {
				committed = { ...committed, ...JSON.parse(body) };
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end('{"result":"true","errorCode":0}');
			});
			return;
		}
		const [, folder, file] = /^\/(\w+)\/(.*)$/.exec(pathname) ?? [];
		const content =
			pages.get(pathname) ??
			packages[folder]?.[file] ??
			(folder === 'again' ? readFileSync(`node_modules/scorm-again/dist/${file}`) : undefined);
		const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
		response.writeHead(content ? 200 : 404, { 'content-type': type });
		response.end(content);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
	server?.closeAllConnections();
	server?.close();
});

const open = async (path: string) => (await site.visit(root + path)).page;

/** A page of scorm-again, with what was committed before. */
function platformPage(standard: 'scorm12' | 'scorm2004', learner: object): string {
	const [file, api, make] =
		standard === 'scorm12'
			? ['scorm12', 'API', 'Scorm12API']
			: ['scorm2004', 'API_1484_11', 'Scorm2004API'];
	return `<!doctype html><title>Platform</title><script src="/again/${file}.min.js"></script>
	<script>
		window.${api} = new ${make}({ lmsCommitUrl: '/commit', dataCommitFormat: 'flattened', logLevel: 5 });
		${api}.loadFromFlattenedJSON(${JSON.stringify({ ...learner, ...committed })}, '');
	</script>
	<iframe src="/${standard}/index.html" width="900" height="700"></iframe>`;
}

async function courseIn(page: Page): Promise<Frame> {
	const frame = page.frames().find((each) => each.url().endsWith('/index.html'))!;
	await frame.locator('aside[aria-label="Your course"]').waitFor();
	return frame;
}

const statusOf = (frame: Frame | Page) => frame.locator('aside [role="status"]').innerText();

/** Answers every question that is open, each with its first option or the middle. */
async function answerAll(frame: Frame | Page): Promise<number> {
	let count = 0;
	const next = frame.getByRole('button', { name: 'Next question' });
	while (await next.isVisible()) {
		await next.click();
		const form = await frame.waitForSelector(':focus form:has(fieldset:not([disabled]))');
		const option = await form.$('[type="radio"]');
		await option?.check();
		const before = await statusOf(frame);
		await (await form.$('[type="submit"]'))!.click();
		await expect.poll(() => statusOf(frame), WAIT).not.toBe(before);
		count++;
	}
	return count;
}

describe('a course on scorm-again', () => {
	test('of SCORM 1.2 is completed with a score, and goes on where it was', async () => {
		committed = {};
		const learner = {
			'cmi.core.student_id': '17',
			'cmi.core.lesson_status': 'not attempted',
			'cmi.core.lesson_mode': 'normal',
			'cmi.core.credit': 'credit'
		};
		pages.set('/first', platformPage('scorm12', learner));
		let page = await open('first');
		let course = await courseIn(page);
		const total = Number(/of (\d+)/.exec(await statusOf(course))![1]);
		expect(total).toBeGreaterThan(0);
		await expect.poll(() => committed['cmi.core.lesson_status'], WAIT).toBe('incomplete');
		await course.getByRole('button', { name: 'Nearly equal' }).first().click();
		await expect.poll(() => committed['cmi.suspend_data'], WAIT).toContain('f.group-advantages.');
		const says = await course.locator('.says').innerText();
		expect(await answerAll(course)).toBe(total);
		await expect.poll(() => committed['cmi.core.lesson_status'], WAIT).toBe('completed');
		const [, right] = /(\d+) right/.exec(await statusOf(course))!;
		expect(Number(committed['cmi.core.score.raw'])).toBeCloseTo((100 * Number(right)) / total, 2);
		await page.locator('iframe').evaluate((frame) => frame.remove());
		await expect.poll(() => committed['cmi.core.exit'], WAIT).toBe('suspend');
		expect(committed['cmi.core.session_time'] ?? committed['cmi.core.total_time']).toMatch(/^\d+:/);

		pages.set('/again12', platformPage('scorm12', { ...learner, 'cmi.core.entry': 'resume' }));
		page = await open('again12');
		course = await courseIn(page);
		expect(await statusOf(course)).toContain(`${total} of ${total} questions answered`);
		await expect.poll(() => course.locator('.earlier').count(), WAIT).toBe(total);
		await expect.poll(() => course.locator('.says').innerText(), WAIT).toBe(says);
		expect(committed['cmi.core.lesson_status']).toBe('completed');
	});

	test('of SCORM 2004 tells progress, then completion and success', async () => {
		committed = {};
		pages.set('/first2004', platformPage('scorm2004', { 'cmi.learner_id': '17' }));
		const page = await open('first2004');
		const course = await courseIn(page);
		await expect.poll(() => committed['cmi.completion_status'], WAIT).toBe('incomplete');
		const total = Number(/of (\d+)/.exec(await statusOf(course))![1]);
		expect(await answerAll(course)).toBe(total);
		await expect.poll(() => committed['cmi.completion_status'], WAIT).toBe('completed');
		expect(committed['cmi.progress_measure']).toBe('1');
		const right = Number(/(\d+) right/.exec(await statusOf(course))![1]);
		expect(committed['cmi.success_status']).toBe(right > 0 ? 'passed' : 'failed');
		expect(Number(committed['cmi.score.scaled'])).toBeCloseTo(right / total, 3);
		expect(
			Object.keys(committed).filter((name) => /interactions\.\d+\.id$/.test(name))
		).toHaveLength(total);
		expect(committed['cmi.suspend_data'].length).toBeLessThan(64_000);
	});
});

/** A platform whose script is written for the test. */
const quirky = (script: string, body = '<iframe src="/scorm12/index.html"></iframe>') =>
	`<!doctype html><title>Platform</title><script>
	window.model = { 'cmi.core.lesson_status': 'not attempted', 'cmi.core.student_id': 'q' };
	window.calls = [];
	window.script = {
		LMSInitialize: () => 'true', LMSFinish: () => (calls.push('finish'), 'true'),
		LMSGetValue: (name) => model[name] ?? '', LMSCommit: () => 'true', LMSGetLastError: () => '0',
		LMSSetValue: (name, value) => (model[name] = value, 'true')
	};
	${script}
	</script>${body}`;

describe('a platform with quirks', () => {
	const model = (page: Page, name: string) =>
		page.evaluate(
			(name) => (window as never as { model: Record<string, string> }).model[name],
			name
		);

	test('whose script comes late, and whose memory is of something else', async () => {
		pages.set(
			'/late',
			quirky(`model['cmi.suspend_data'] = '{"slide":3,"<b>":';
			setTimeout(() => { window.API = script; }, 700);`)
		);
		const page = await open('late');
		const course = await courseIn(page);
		expect(await statusOf(course)).toMatch(/^0 of \d+ questions answered/);
		await expect.poll(() => model(page, 'cmi.core.lesson_status'), WAIT).toBe('incomplete');
	});

	test('that is behind the window which opened the course', async () => {
		pages.set(
			'/opener',
			quirky('window.API = script;', `<button onclick="window.open('/frameset')">Start</button>`)
		);
		pages.set('/frameset', '<!doctype html><iframe src="/scorm12/index.html"></iframe>');
		const page = await open('opener');
		const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('button')]);
		await popup.waitForLoadState();
		const course = await courseIn(popup);
		expect(await statusOf(course)).toContain('Kept in your course');
		await popup.close({ runBeforeUnload: false });
		await expect
			.poll(() => page.evaluate(() => (window as never as { calls: string[] }).calls), WAIT)
			.toContain('finish');
	});

	test('that fails for a while: it is said, kept, and made good', async () => {
		pages.set(
			'/failing',
			quirky(`window.API = { ...script, LMSSetValue(name, value) {
				if (window.isBroken) throw new Error('out of order');
				return script.LMSSetValue(name, value);
			} };`)
		);
		const page = await open('failing');
		const course = await courseIn(page);
		await page.evaluate(() => Object.assign(window, { isBroken: true }));
		await course.getByRole('button', { name: 'Nearly equal' }).first().click();
		await expect.poll(() => statusOf(course), WAIT).toContain('does not keep your work');
		await page.evaluate(() => Object.assign(window, { isBroken: false }));
		await course.evaluate(() => dispatchEvent(new Event('online')));
		await expect.poll(() => statusOf(course), WAIT).toContain('Kept in your course');
		expect(await model(page, 'cmi.suspend_data')).toContain('f.group-advantages.');
	});

	test('that refuses to open the course: the page says how to go on', async () => {
		pages.set(
			'/refusing',
			quirky(`window.API = { ...script, LMSInitialize: () => 'false', LMSGetValue: () => '' };`)
		);
		const course = await courseIn(await open('refusing'));
		expect(await statusOf(course)).toContain('does not answer, so nothing is recorded');
		await course.getByRole('button', { name: 'Nearly equal' }).first().click();
		expect(await statusOf(course)).toContain('Open this page again');
	});

	test('that is not there at all: the figure works, and the page says what is not recorded', async () => {
		const page = await open('scorm12/index.html');
		await page.locator('fieldset.controls:not([disabled])').waitFor(WAIT);
		expect(await statusOf(page)).toContain('nothing is recorded');
	});
});

test('a lesson starts as its instructor has set it', async () => {
	pages.set('/set', quirky('window.API = script;', '<iframe src="/chosen/index.html"></iframe>'));
	const course = await courseIn(await open('set'));
	await course.locator('#advantages').scrollIntoViewIfNeeded();
	await course.locator('#advantages fieldset.controls:not([disabled])').waitFor(WAIT);
	expect(await course.locator('#advantages .cover').count()).toBe(0);
	expect(await course.locator('.cover').count()).toBeGreaterThan(0);
	expect(
		await course
			.locator('#advantages [data-param="advantages.epsilon"] input:not([type="range"])')
			.first()
			.inputValue()
	).toBe('0.5');
	const manifest = new TextDecoder().decode(packages.chosen['imsmanifest.xml']);
	expect(manifest).toContain('<title>β &amp; more</title>');
});

describe('a course on a cmi5 platform', () => {
	test('tells its statements in order, also those of a time without a network', async () => {
		const store = new PlatformStore({ masteryScore: 0.01, returnURL: `${root}bye` });
		await store.open();
		pages.set('/bye', '<!doctype html><title>Bye</title>');
		store.failures = 2;
		try {
			const page = await open(`cmi5/index.html?${store.launch()}`);
			await page.locator('aside[aria-label="Your course"]').waitFor();
			await expect.poll(() => store.verbs(), WAIT).toEqual(['initialized']);
			await page.context().setOffline(true);
			const total = await answerAll(page);
			await expect.poll(() => statusOf(page), WAIT).toContain('did not take the result');
			expect(store.verbs()).toEqual(['initialized']);
			await page.context().setOffline(false);
			const right = Number(/(\d+) right/.exec(await statusOf(page))![1]);
			const expected = [
				'initialized',
				...Array(total).fill('answered'),
				'completed',
				...(right > 0 ? ['passed'] : [])
			];
			await expect.poll(() => store.verbs(), WAIT).toEqual(expect.arrayContaining(expected));
			await page.getByRole('button', { name: 'Save and leave' }).click();
			await page.waitForURL('**/bye');
			await expect
				.poll(() => store.verbs(), WAIT)
				.toEqual([...expected, ...(right > 0 ? [] : ['failed']), 'terminated']);

			const again = await open(`cmi5/index.html?${store.launch()}`);
			await again.locator('aside[aria-label="Your course"]').waitFor();
			expect(await statusOf(again)).toContain(`${total} of ${total} questions answered`);
			await again.goto(`${root}bye`);
			await expect
				.poll(() => store.verbs().filter((verb) => verb !== 'failed'), WAIT)
				.toEqual(['initialized', 'terminated']);
			expect(store.faults).toEqual([]);
		} finally {
			store.close();
		}
	});
});
