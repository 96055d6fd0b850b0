/** What is to be made into a file: a page of the site, and what its address says. */
export interface Packed {
	/** From the site's root: "embed/success-map/". */
	folder: string;
	search: string;
	title: string;
}

/** What the browser can make of it. */
export const FORMATS = {
	html: { label: 'HTML file', ending: '.html' },
	scorm12: { label: 'SCORM 1.2', ending: '-scorm12.zip' },
	scorm2004: { label: 'SCORM 2004', ending: '-scorm2004.zip' },
	cmi5: { label: 'cmi5', ending: '-cmi5.zip' }
} as const;

export type Format = keyof typeof FORMATS;
