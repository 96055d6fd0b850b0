import { xmlText } from './xmlText.js';

/** Characters of a title that its schema allows. */
const LONGEST_TITLE = 200;

/**
 * imsmanifest.xml of SCORM 2004, fourth edition: one course of one page, which says by itself what
 * is completed and passed.
 * @param {import('./courseFiles.js').Course} course
 */
export function scorm2004Manifest({ id, title, mastery }) {
	const name = xmlText(title, LONGEST_TITLE);
	const objective =
		mastery === undefined
			? '<imsss:primaryObjective objectiveID="score"/>'
			: `<imsss:primaryObjective objectiveID="score" satisfiedByMeasure="true">
							<imsss:minNormalizedMeasure>${mastery}</imsss:minNormalizedMeasure>
						</imsss:primaryObjective>`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${xmlText(id)}" version="1"
	xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
	xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
	xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
	<metadata>
		<schema>ADL SCORM</schema>
		<schemaversion>2004 4th Edition</schemaversion>
	</metadata>
	<organizations default="course">
		<organization identifier="course">
			<title>${name}</title>
			<item identifier="item" identifierref="page" isvisible="true">
				<title>${name}</title>
				<imsss:sequencing>
					<imsss:objectives>
						${objective}
					</imsss:objectives>
					<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
				</imsss:sequencing>
			</item>
			<imsss:sequencing>
				<imsss:controlMode choice="true" flow="true"/>
			</imsss:sequencing>
		</organization>
	</organizations>
	<resources>
		<resource identifier="page" type="webcontent" adlcp:scormType="sco" href="index.html">
			<file href="index.html"/>
		</resource>
	</resources>
</manifest>
`;
}
