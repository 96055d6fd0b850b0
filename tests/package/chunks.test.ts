import { expect, test } from 'vitest';
import { chunksFor } from '../../src/package/chunks.js';

const chunks = {
	'./islands.js': {
		needs: ['./shared.js'],
		later: [
			'./a.spec.js',
			'./a.View.js',
			'./b.spec.js',
			'./b.View.js',
			'./wake.js',
			'./wakeLab.js',
			'./wakeCourse.js'
		]
	},
	'./shared.js': { needs: [], later: [] },
	'./wake.js': { needs: ['./run.worker.js'], later: ['./table.js'] },
	'./run.worker.js': { needs: ['./shared.js'], later: ['./a.spec.js', './b.spec.js'] },
	'./table.js': { needs: ['./table.js'], later: [] },
	'./wakeLab.js': { needs: ['./lab.worker.js'], later: [] },
	'./lab.worker.js': { needs: [], later: [] },
	'./wakeCourse.js': { needs: [], later: [] },
	'./a.spec.js': { needs: ['./kernel.js'], later: [] },
	'./a.View.js': { needs: ['./shared.js'], later: [] },
	'./b.spec.js': { needs: ['./other.js'], later: [] },
	'./b.View.js': { needs: [], later: [] },
	'./kernel.js': { needs: [], later: [] },
	'./other.js': { needs: [], later: [] }
};

test('a page gets its own figures, what they need, and the worker, each once', () => {
	expect(chunksFor(chunks, '<div data-widget="a">').sort()).toEqual([
		'./a.View.js',
		'./a.spec.js',
		'./islands.js',
		'./kernel.js',
		'./run.worker.js',
		'./shared.js',
		'./table.js',
		'./wake.js'
	]);
});

test('the Lab comes only to its page', () => {
	const found = chunksFor(chunks, '<div id="lab">');
	expect(found).toContain('./lab.worker.js');
	expect(found.filter((id) => /spec|View/.test(id))).toEqual([]);
});

test('what counts on a learning platform comes only to a page that does', () => {
	const page = '<div data-widget="a">';
	expect(chunksFor(chunks, page)).not.toContain('./wakeCourse.js');
	expect(chunksFor(chunks, `<html data-course="cmi5">${page}`)).toContain('./wakeCourse.js');
});

test('a widget that the site does not have is named', () => {
	expect(() => chunksFor(chunks, '<div data-widget="c">')).toThrow(
		'The site has no script “./c.spec.js”.'
	);
});
