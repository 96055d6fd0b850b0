import { titlesOf } from '$make/catalogue';
import { readCatalogue } from '$site/catalogue.server';

export const load = async () => ({ titles: titlesOf(await readCatalogue()) });
