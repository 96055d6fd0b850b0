import { findWidget } from '$player/findWidget';
import type { PageLoad } from './$types';

/** The figure on the home page: one that makes sense in ten seconds. */
const FIRST = 'group-advantages';

export const load: PageLoad = async ({ data }) => ({ ...data, first: (await findWidget(FIRST))! });
