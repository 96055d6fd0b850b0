import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EMBEDS, LESSONS, useSite } from '../browser/site';
import { firstLoad, widgetBytes } from './bytes';
import { report } from './report';

const site = useSite();

test('bytes of each lesson’s first load, kB gzip', async () => {
	for (const path of LESSONS) {
		const kB = await firstLoad(site, path);
		const all = Object.values(kB).reduce((sum, part) => sum + part, 0);
		report(`first load ${path} (kB gzip)`, { ...kB, all });
		expect(all).toBeGreaterThan(0);
	}
});

test('bytes of each widget, kB gzip', async () => {
	const { player, alone, common, own } = await widgetBytes(site, EMBEDS);
	report('player and Svelte, shared by all widgets (kB gzip)', player);
	report('what a widget’s own page adds (kB gzip)', alone);
	report('marks that nearly all of them draw with (kB gzip)', common);
	for (const [path, kB] of Object.entries(own)) report(`own of ${path} (kB gzip)`, kB);
	expect(player).toBeGreaterThan(0);
});

test('build time per lesson', () => {
	const seconds = Number(process.env.BUILD_SECONDS);
	const lessons = readdirSync('build/lessons').length;
	report('build (s)', { all: seconds, perLesson: seconds / lessons });
	expect(lessons).toBeGreaterThan(0);
});
