import type { OwnQuestion } from '$player/framing';

interface Draft {
	ask: string;
	choices: readonly string[];
	right?: number;
	because: string;
}

/** The question that a draft asks: without its empty choices, and none where it has no words. */
export function questionOf({ ask, choices, right, because }: Draft): OwnQuestion | undefined {
	if (ask.trim() === '') return undefined;
	const written = choices.map((_, place) => place).filter((place) => choices[place].trim() !== '');
	const place = right === undefined ? -1 : written.indexOf(right);
	return {
		ask,
		choices: written.map((at) => choices[at]),
		...(place >= 0 && { right: place }),
		...(because.trim() !== '' && { because })
	};
}
