import { xmlText } from './xmlText.js';

/**
 * cmi5.xml: a course of one unit.
 * @param {import('./courseFiles.js').Course} course
 */
export function cmi5Structure({ id, title, description, mastery }) {
	const words = `
		<title><langstring lang="en">${xmlText(title)}</langstring></title>
		<description><langstring lang="en">${xmlText(description)}</langstring></description>`;
	const mark =
		mastery === undefined
			? 'moveOn="Completed"'
			: `moveOn="CompletedAndPassed" masteryScore="${mastery}"`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
	<course id="urn:rollout:${xmlText(id)}">${words}
	</course>
	<au id="urn:rollout:${xmlText(id)}:page" ${mark} launchMethod="AnyWindow">${words}
		<url>index.html</url>
	</au>
</courseStructure>
`;
}
