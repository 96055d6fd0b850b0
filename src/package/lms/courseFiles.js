import { plainWords } from '../markup.js';
import { singleFile } from '../singleFile.js';
import { cmi5Structure } from './cmi5Structure.js';
import { scorm12Manifest } from './scorm12Manifest.js';
import { scorm2004Manifest } from './scorm2004Manifest.js';

/**
 * A page as a course of a learning platform.
 * @typedef {object} Course
 * @property {'scorm12' | 'scorm2004' | 'cmi5'} standard
 * @property {string} id tells it from other courses: letters, digits and hyphens, a letter first
 * @property {string} title
 * @property {string} description
 * @property {number} [mastery] the share of questions to answer rightly, from 0 to 1; without it there is no pass or fail
 * @property {string} [settings] options and settings of its figures, as they stand in the page's address
 */

/** What each standard wants beside the page: the file's name, and its text. */
const MANIFESTS = {
	scorm12: { file: 'imsmanifest.xml', write: scorm12Manifest },
	scorm2004: { file: 'imsmanifest.xml', write: scorm2004Manifest },
	cmi5: { file: 'cmi5.xml', write: cmi5Structure }
};

/**
 * @param {string} name
 * @returns {name is Course['standard']}
 */
export const isStandard = (name) => Object.hasOwn(MANIFESTS, name);

/**
 * The files of a course package, ready for a zip.
 * @param {import('../singleFile.js').Site} site
 * @param {string} folder of the page, such as "embed/cobweb/"
 * @param {Pick<Course, 'standard' | 'mastery' | 'settings'> & { title?: string }} choice without a title the page's own is taken
 */
export async function courseFiles(site, folder, { title, ...choice }) {
	const html = await site.text(`${folder}index.html`);
	const [, head = ''] = /<title>([^<]*)<\/title>/.exec(html) ?? [];
	const [, about = ''] = /<meta name="description" content="([^"]*)"/.exec(html) ?? [];
	const name = folder
		.split('/')
		.filter((part) => part !== '')
		.join('-');
	const variant = choice.settings ? `-${await shortHash(site, choice.settings)}` : '';
	/** @type {Course} */
	const course = {
		...choice,
		id: `rollout-${name}${variant}`,
		title: title ?? plainWords(head).replace(/ · Rollout$/, ''),
		description: plainWords(about)
	};
	const { file, write } = MANIFESTS[course.standard];
	const encoder = new TextEncoder();
	return {
		[file]: encoder.encode(write(course)),
		'index.html': encoder.encode(await singleFile(site, folder, course))
	};
}

/**
 * Two variants of a figure are two courses.
 * @param {import('../singleFile.js').Site} site
 * @param {string} settings
 */
async function shortHash(site, settings) {
	return (await site.sha256(settings)).replace(/[^a-zA-Z0-9]/g, '').slice(0, 10);
}
