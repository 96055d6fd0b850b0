import { glossary } from '$content/glossary.server';

export const load = () => ({
	entries: [...glossary.values()].sort((a, b) => a.term.localeCompare(b.term, 'en'))
});
