import { parsePaper } from './parsePaper';
import type { Paper } from './paperSchema';

const sources = import.meta.glob<string>('/seeds/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** All paper records, by number. */
export const papers: readonly Paper[] = Object.entries(sources)
	.map(([path, text]) => parsePaper(path.slice(1), text))
	.sort((a, b) => a.number - b.number);

/** A record by its file's name, "30-grpo-dynamics", by its slug or by its number. */
export function paperBySlug(name: string): Paper | undefined {
	return papers.find(
		({ number, slug }) =>
			name === slug ||
			Number(name) === number ||
			name === `${String(number).padStart(2, '0')}-${slug}`
	);
}
