/**
 * An invented world of 40 one-sentence documents: each town stands on a river, each river flows into a
 * lake, each lake has its fish; each town makes something, and each thing is made from a material. What
 * a question asks is one document away from its town, or two. No town, river or lake in it is real.
 */
const TOWNS = ['Orlem', 'Vask', 'Tirune', 'Quellby', 'Bramoor', 'Sollen', 'Hathrow', 'Pindle'];
const RIVERS = ['Zeb', 'Orric', 'Lumel', 'Tasp', 'Wenna', 'Grell', 'Ishka', 'Dovel'];
const LAKES = ['Mirrow', 'Kelmar', 'Nyste', 'Ollith', 'Brunth', 'Seyla', 'Tharn', 'Vomery'];
const FISH = ['pike', 'trout', 'perch', 'carp', 'bream', 'eel', 'roach', 'tench'];
const CRAFTS = ['bells', 'carpets', 'clocks', 'mirrors', 'kites', 'lamps', 'ropes', 'violins'];
const MATERIALS = ['bronze', 'wool', 'brass', 'silver', 'silk', 'tin', 'hemp', 'maple'];

const upper = (word: string) => word[0].toUpperCase() + word.slice(1);

export const DOCUMENTS: readonly string[] = [
	...TOWNS.map((town, i) => `${town} stands on the river ${RIVERS[i]}.`),
	...RIVERS.map((river, i) => `The river ${river} flows into lake ${LAKES[i]}.`),
	...LAKES.map((lake, i) => `Lake ${lake} is full of ${FISH[i]}.`),
	...TOWNS.map((town, i) => `The people of ${town} make ${CRAFTS[i]}.`),
	...CRAFTS.map((craft, i) => `${upper(craft)} are made from ${MATERIALS[i]}.`)
];

/** Names that a question may ask for or about; all other words of the documents are of the language. */
export const NAMES: readonly string[] = [
	...TOWNS,
	...RIVERS,
	...LAKES,
	...FISH,
	...CRAFTS,
	...MATERIALS
].map((name) => name.toLowerCase());

export interface Question {
	text: string;
	/** The town it starts from, in lower case. */
	town: string;
	answer: string;
	/** Documents that lead to the answer, in order: 1 or 2. */
	path: readonly number[];
	/** 0, 1: one document (river, craft); 2, 3: two (lake, material). */
	kind: number;
}

export const KINDS = 4;

export const QUESTIONS: readonly Question[] = TOWNS.flatMap((name, i) => {
	const town = name.toLowerCase();
	return [
		{ text: `On which river does ${name} stand?`, town, answer: RIVERS[i], path: [i], kind: 0 },
		{
			text: `What do the people of ${name} make?`,
			town,
			answer: CRAFTS[i],
			path: [24 + i],
			kind: 1
		},
		{
			text: `Into which lake does the river of ${name} flow?`,
			town,
			answer: LAKES[i],
			path: [i, 8 + i],
			kind: 2
		},
		{
			text: `From what do the people of ${name} make what they make?`,
			town,
			answer: MATERIALS[i],
			path: [24 + i, 32 + i],
			kind: 3
		}
	];
});
