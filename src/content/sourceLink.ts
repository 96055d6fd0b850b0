/** Where a work can be read. */
export function sourceLink(work: { arxiv?: string; url?: string }): string {
	return work.arxiv === undefined ? work.url! : `https://arxiv.org/abs/${work.arxiv}`;
}
