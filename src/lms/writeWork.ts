import type { Answer, Work } from './course';

/**
 * Work as one line of ASCII in the form of an address, in pairs: `a.<question>` holds the verdict, the
 * tries and the answer; `f.<figure>.<setting>` a setting as in the figure's own address; then the
 * sections seen and the place. The last pair is `end`, so that a text cut short is known as such.
 *
 * Platforms keep little (SCORM 1.2: 4,096 characters). What does not fit goes in this order: the
 * figures, those changed longest ago first; the sections; then the words of long answers. That a
 * question was answered, and how, is never left out.
 */
export function writeWork(work: Work, room: number): string {
	const figures = [...work.figures];
	for (let first = 0; first <= figures.length; first++) {
		const text = write({ ...work, figures: new Map(figures.slice(first)) });
		if (text.length <= room) return text;
	}
	const bare = { ...work, figures: new Map(), seen: new Set<string>() };
	for (const longest of [300, 40, 0]) {
		const text = write(bare, longest);
		if (text.length <= room) return text;
	}
	return write({ ...bare, at: undefined }, 0);
}

const VERDICTS = { true: 'r', false: 'w', undefined: 'n' };

function write({ answers, figures, seen, at }: Work, longest = Infinity): string {
	const pairs: [string, string][] = [['v', '1']];
	for (const [question, { given, right, tries }] of answers) {
		const words = [...given].slice(0, longest).join('');
		pairs.push([`a.${question}`, `${VERDICTS[`${right}`]}${tries}.${words}`]);
	}
	for (const [id, settings] of figures) {
		for (const [name, text] of Object.entries(settings)) pairs.push([`f.${id}.${name}`, text]);
	}
	if (seen.size > 0) pairs.push(['seen', [...seen].join(',')]);
	if (at !== undefined) pairs.push(['at', at]);
	pairs.push(['end', '']);
	return new URLSearchParams(pairs).toString();
}

/** True of a text of the form above whose end is missing. */
export function isCut(text: string): boolean {
	return text.startsWith('v=1&') && !text.endsWith('&end=');
}

const ANSWER = /^([rwn])(\d{1,6})\.(.*)$/su;
const RIGHT: Record<string, boolean | undefined> = { r: true, w: false, n: undefined };

/**
 * Work from a platform: what is not of the form above is left out. `whole` is false where a text was
 * there and could not be read to its end; a last pair cut in two is not believed.
 */
export function readWork(text: string): { work: Work; whole: boolean } {
	const answers = new Map<string, Answer>();
	const figures = new Map<string, Record<string, string>>();
	const seen = new Set<string>();
	let at: string | undefined;
	const pairs = [...new URLSearchParams(text)];
	const isOurs = pairs[0]?.[0] === 'v' && pairs[0][1] === '1';
	const isWhole = isOurs && pairs.at(-1)?.[0] === 'end';
	for (const [name, value] of isOurs ? pairs.slice(1, -1) : []) {
		const [, question] = /^a\.(.+)$/s.exec(name) ?? [];
		const [, id, setting] = /^f\.([^.]+)\.(.+)$/s.exec(name) ?? [];
		if (question !== undefined) {
			const [, verdict, tries, given] = ANSWER.exec(value) ?? [];
			if (verdict) answers.set(question, { given, right: RIGHT[verdict], tries: Number(tries) });
		} else if (id !== undefined) {
			figures.set(id, { ...figures.get(id), [setting]: value });
		} else if (name === 'seen') {
			for (const heading of value.split(',')) seen.add(heading);
		} else if (name === 'at') {
			at = value;
		}
	}
	return {
		work: { answers, figures, seen, ...(at !== undefined && { at }) },
		whole: isWhole || text === ''
	};
}

/** Two records of one learner's work as one: of each question the answer that came after more tries. */
export function mergeWork(platform: Work, own: Work): Work {
	const answers = new Map(platform.answers);
	for (const [question, answer] of own.answers) {
		const other = answers.get(question);
		if (!other || answer.tries >= other.tries) answers.set(question, answer);
	}
	const at = own.at ?? platform.at;
	return {
		answers,
		figures: new Map([...platform.figures, ...own.figures]),
		seen: new Set([...platform.seen, ...own.seen]),
		...(at !== undefined && { at })
	};
}
