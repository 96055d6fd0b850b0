import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf } from '../../tools/hash.js';
import { listFiles } from '../../tools/listFiles.js';
import { stampAddresses } from '../../tools/stampAddresses.js';

let folder: string;

const BUILD: Record<string, string> = {
	'index.html': '<script src="./_app/islands.js"></script><a href="./lessons/a/">a</a>',
	'offline/index.html': '<script src="../_app/islands.js"></script>',
	'settings/index.html': '',
	'lessons/a/index.html':
		'<link rel="stylesheet" href="../../math.css"/><script src="../../_app/islands.js"></script>' +
		'<div data-widget="walk" data-code="../../code/walk/"></div>',
	'lab/index.html': '<script src="../_app/islands.js"></script><div id="lab"></div>',
	'code/walk/index.html': 'the code',
	'math.css': '@font-face{src:url(fonts/m.woff2)}',
	'fonts/m.woff2': 'font',
	'_app/version.json': '{}',
	'_app/islands.js':
		'import"./immutable/chunks/base.js";const v={"../widgets/walk/View.svelte":()=>import(`./immutable/chunks/walk.js`)};[["#lab",e=>import("./immutable/chunks/lab.js")],[".slides",()=>import(`./immutable/chunks/slides.js`)]]',
	'_app/immutable/chunks/base.js': 'new Worker(new URL(`../workers/run.js`,import.meta.url))',
	'_app/immutable/chunks/walk.js': 'walk',
	'_app/immutable/chunks/lab.js': 'lab',
	'_app/immutable/chunks/slides.js': 'slides',
	'slides/index.html': '<script src="../_app/islands.js"></script><div class="slides dark"></div>',
	'_app/classic/islands.js': 'classic',
	'_app/immutable/nodes/0.js': 'node',
	'_app/immutable/workers/run.js':
		'({"../widgets/walk/spec.ts":()=>import("./chunks/walk.js"),"../widgets/fly/spec.ts":()=>import("./chunks/fly.js")})',
	'_app/immutable/workers/chunks/walk.js': 'walk',
	'_app/immutable/workers/chunks/fly.js': 'fly',
	'service-worker.js': 'const version="VERSION-HERE"',
	'manifest.json.txt': ''
};
const text = (path: string) => readFileSync(join(folder, path), 'utf8');

/** Makes the list of a build, and gives it with the version that the worker bears. */
function finish() {
	stampAddresses(folder);
	listFiles(folder);
	const list = JSON.parse(text('_app/files.json'));
	const paths = Object.keys(list.files);
	return {
		paths,
		shell: list.shell.map((at: number) => paths[at]),
		needs: (page: string) => list.needs[page].map((at: number) => paths[at]),
		version: /"(.*)"/.exec(text('service-worker.js'))![1]
	};
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rollout-list-'));
	for (const [path, content] of Object.entries(BUILD)) {
		mkdirSync(join(folder, dirname(path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a page needs what its figures can come to load, and no other’s', () => {
	const { shell, needs } = finish();
	expect(shell).toContain('_app/immutable/workers/run.js');
	expect(shell).not.toContain('lessons/a/index.html');
	expect(needs('lessons/a/index.html').toSorted()).toEqual([
		'_app/immutable/chunks/walk.js',
		'_app/immutable/workers/chunks/walk.js',
		'code/walk/index.html',
		'fonts/m.woff2',
		'lessons/a/index.html',
		'math.css'
	]);
	expect(needs('lab/index.html')).toEqual(['lab/index.html', '_app/immutable/chunks/lab.js']);
	expect(needs('slides/index.html')).toContain('_app/immutable/chunks/slides.js');
});

test('the list holds all that pages ask for, and nothing else', () => {
	const { paths } = finish();
	const left = [
		'_app/version.json',
		'_app/immutable/nodes/0.js',
		'_app/classic/islands.js',
		'service-worker.js'
	];
	expect(paths.toSorted()).toEqual(
		Object.keys(BUILD)
			.filter((path) => !left.includes(path))
			.toSorted()
	);
});

test('a stamp tells of the parts of a part too', () => {
	finish();
	const before = text('lessons/a/index.html');
	expect(before).toContain(`data-code="../../code/walk/?v=${hashOf('the code')}"`);
	expect(text('math.css')).toContain(`url(fonts/m.woff2?v=${hashOf('font')})`);
	writeFileSync(join(folder, 'fonts/m.woff2'), 'a larger font');
	finish();
	expect(text('lessons/a/index.html')).not.toBe(before);
	expect(text('index.html')).toContain('<a href="./lessons/a/">');
});

test('equal builds are one version, and any change makes another', () => {
	const { version } = finish();
	expect(version).toBe(hashOf(text('_app/files.json')));
	expect(finish().version).toBe(version);
	writeFileSync(join(folder, 'index.html'), `${text('index.html')}.`);
	expect(finish().version).not.toBe(version);
});

test('a worker without a place for its version stops the build', () => {
	writeFileSync(join(folder, 'service-worker.js'), '');
	expect(finish).toThrow('service-worker.js does not name its version');
});
