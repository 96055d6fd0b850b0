import type { Platform } from './course';
import { openCmi5 } from './cmi5';
import { findApi } from './findApi';
import { readLaunch } from './launch';
import { openScorm12 } from './scorm12';
import { openScorm2004 } from './scorm2004';

/** The standards that a course can be packed for. */
export const STANDARDS = ['scorm12', 'scorm2004', 'cmi5'] as const;
export type Standard = (typeof STANDARDS)[number];

/** The figure comes to life without a platform that has not answered by then, in milliseconds. */
const LONGEST = 20_000;

/** Why no platform records the visit: there is none, or the one there is does not answer. */
export type Absence = 'none' | 'silent';

/**
 * The platform that has opened this page. `mastery` is the score to reach, from 0 to 1, unless the
 * platform names another.
 */
export async function openPlatform(
	standard: Standard,
	mastery: number | undefined
): Promise<Platform | Absence> {
	if (standard === 'cmi5') {
		const launch = readLaunch(location.search);
		if (!launch) return 'none';
		const late = new Promise<undefined>((resolve) => setTimeout(resolve, LONGEST));
		const opening = openCmi5(launch, mastery).catch(() => undefined);
		return (await Promise.race([opening, late])) ?? 'silent';
	}
	const script = await findApi(window, standard === 'scorm12' ? 'API' : 'API_1484_11');
	if (!script) return 'none';
	const open = standard === 'scorm12' ? openScorm12 : openScorm2004;
	return open(script, mastery) ?? 'silent';
}
