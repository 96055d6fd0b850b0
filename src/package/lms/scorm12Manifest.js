import { xmlText } from './xmlText.js';

/** Characters of a title that its schema allows. */
const LONGEST_TITLE = 200;

/**
 * imsmanifest.xml of SCORM 1.2: one course of one page.
 * @param {import('./courseFiles.js').Course} course
 */
export function scorm12Manifest({ id, title, mastery }) {
	const name = xmlText(title, LONGEST_TITLE);
	const mark =
		mastery === undefined
			? ''
			: `
				<adlcp:masteryscore>${Math.round(mastery * 100)}</adlcp:masteryscore>`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${xmlText(id)}" version="1"
	xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
	xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
	<metadata>
		<schema>ADL SCORM</schema>
		<schemaversion>1.2</schemaversion>
	</metadata>
	<organizations default="course">
		<organization identifier="course">
			<title>${name}</title>
			<item identifier="item" identifierref="page" isvisible="true">
				<title>${name}</title>${mark}
			</item>
		</organization>
	</organizations>
	<resources>
		<resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
			<file href="index.html"/>
		</resource>
	</resources>
</manifest>
`;
}
