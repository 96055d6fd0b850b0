import { readCatalogue } from '$site/catalogue.server';

export const load = async () => ({ catalogue: await readCatalogue() });
