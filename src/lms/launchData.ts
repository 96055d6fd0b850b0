import { isRecord } from './isRecord';
import type { ContextTemplate } from './statements';

/** What a cmi5 platform has settled about a launch, in its document LMS.LaunchData. */
export interface LaunchData {
	contextTemplate: ContextTemplate;
	/** In the modes Browse and Review nothing is recorded but that the course was opened and left. */
	records: boolean;
	/** The score to reach, from 0 to 1. */
	masteryScore?: number;
	/** Where the reader goes afterwards. */
	returnURL?: string;
}

/** What is missing or of another form is left at what is usual. */
export function readLaunchData(document: unknown): LaunchData {
	const { contextTemplate, launchMode, masteryScore, returnURL } = isRecord(document)
		? document
		: {};
	const isScore = typeof masteryScore === 'number' && masteryScore >= 0 && masteryScore <= 1;
	const isAddress = typeof returnURL === 'string' && /^https?:\/\//.test(returnURL);
	return {
		contextTemplate: isRecord(contextTemplate) ? contextTemplate : {},
		records: launchMode !== 'Browse' && launchMode !== 'Review',
		...(isScore && { masteryScore }),
		...(isAddress && { returnURL })
	};
}
