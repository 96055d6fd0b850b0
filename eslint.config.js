import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * What may lean on what: kernels, ui ← plot ← widgets ← player ← embed, lab, make ← content, site ← routes.
 * A layer reaches another through its alias ($kernels/…), itself through relative paths.
 */
const LAYERS = [
	'kernels',
	'plot',
	'ui',
	'widgets',
	'player',
	'embed',
	'lms',
	'lab',
	'make',
	'content',
	'site',
	'package',
	'lessons',
	'seeds'
];

/**
 * @param {string} layer
 * @param {string[]} allowed layers it may import
 * @param {string[]} [packages] packages it may not import
 */
function layer(layer, allowed, packages = []) {
	// A topic of kernels may share its name with a layer: kernels/lab.
	const elsewhere = LAYERS.filter((name) => layer !== 'kernels' || name !== 'lab');
	const forbidden = LAYERS.filter((name) => name !== layer && !allowed.includes(name));
	return {
		files: [`src/${layer}/**/*.{ts,js,svelte}`],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: [...forbidden.map((name) => `$${name}/*`), '$app/*', ...packages].filter(
								(name) => !(name === '$app/*' && ['content', 'site'].includes(layer))
							),
							message: `src/${layer}/ may lean on ${allowed.join(', ') || 'nothing else'} only.`
						},
						{
							regex: `^(\\.\\./)+(${elsewhere.join('|')})/`,
							message: 'Reach another layer through its alias.'
						}
					]
				}
			]
		}
	};
}

const PAGE = ['svelte', 'svelte/*', 'd3-*'];

export default ts.config(
	{ ignores: ['build/', 'packages/', '.svelte-kit/', 'node_modules/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	...svelte.configs.prettier,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig }
		}
	},
	{
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off'
		}
	},
	{
		files: ['src/kernels/**'],
		rules: {
			'no-restricted-globals': [
				'error',
				'window',
				'document',
				'performance',
				'fetch',
				'localStorage'
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Math', property: 'random', message: 'Take a Stream as an argument.' },
				{ object: 'Date', property: 'now', message: 'Kernels have no clock.' }
			]
		}
	},
	{
		files: ['tools/**', 'tests/**'],
		rules: { 'no-console': 'off' }
	},
	layer('kernels', [], PAGE),
	layer('plot', ['kernels', 'ui', 'widgets']),
	layer('ui', ['widgets']),
	layer('widgets', ['kernels', 'plot', 'ui']),
	{
		files: ['src/widgets/*/spec.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ group: ['$plot/*', '$ui/*', ...PAGE], message: 'A spec imports kernels only.' }
					]
				}
			]
		}
	},
	layer('player', ['kernels', 'plot', 'ui', 'widgets']),
	layer('embed', ['kernels', 'plot', 'ui', 'widgets', 'player']),
	layer('lms', ['kernels', 'plot', 'ui', 'widgets', 'player', 'embed']),
	layer('lab', ['kernels', 'plot', 'ui', 'widgets', 'player']),
	layer('make', ['kernels', 'plot', 'ui', 'widgets', 'player', 'embed', 'package']),
	layer('content', ['kernels', 'plot', 'ui', 'widgets', 'player', 'embed', 'lessons', 'seeds']),
	layer('package', [], PAGE),
	layer('site', [
		'kernels',
		'plot',
		'ui',
		'widgets',
		'player',
		'embed',
		'lms',
		'lab',
		'make',
		'content'
	])
);
