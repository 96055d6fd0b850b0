import { inLanguage } from '$embed/followLanguage';

/** Languages that write numbers in other ways than English; any other tag may stand in an address. */
const TAGS = ['de', 'de-CH', 'es', 'fr', 'it', 'nl', 'pl', 'pt-BR', 'ru', 'sv', 'tr', 'uk'];
const SAMPLE = '12,345.67';

/** Ways to write numbers, each with a sample, and the one in use among them. */
export function languageChoices(current: string | undefined): { tag: string; label: string }[] {
	const names = new Intl.DisplayNames('en', { type: 'language' });
	const tags = current === undefined || TAGS.includes(current) ? TAGS : [...TAGS, current];
	return tags.map((tag) => ({ tag, label: `${names.of(tag)}: ${inLanguage(SAMPLE, tag)}` }));
}
