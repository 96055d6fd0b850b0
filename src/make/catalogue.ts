/** A figure as it stands in a lesson. */
export interface CatalogueFigure {
	/** The widget's name. */
	name: string;
	title: string;
	/** What its settings carry in the lesson's address. */
	id: string;
	number: number;
	/** The preset that it starts from there. */
	preset?: string;
}

export interface CatalogueLesson {
	slug: string;
	title: string;
	figures: readonly CatalogueFigure[];
}

/** All that a variant can be made of. */
export interface Catalogue {
	lessons: readonly CatalogueLesson[];
	/** Figures that stand in no lesson. */
	others: readonly { name: string; title: string }[];
}

/** Titles of all figures by name. */
export function titlesOf({ lessons, others }: Catalogue): Readonly<Record<string, string>> {
	const all = [...lessons.flatMap(({ figures }) => figures), ...others];
	return Object.fromEntries(all.map(({ name, title }) => [name, title]));
}
