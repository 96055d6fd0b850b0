import type { Answered, Answers } from '../kept/answers';

function same(a: Answered | undefined, b: Answered | undefined): boolean {
	return a?.given === b?.given && a?.right === b?.right;
}

/** How many answers of a file are new here, are here already, or are here with another answer. */
export function compare(here: Answers, file: Answers) {
	const count = { added: 0, same: 0, different: 0 };
	for (const [question, answered] of Object.entries(file)) {
		if (!Object.hasOwn(here, question)) count.added++;
		else if (same(here[question], answered)) count.same++;
		else count.different++;
	}
	return count;
}

/** Adds what is new; a question answered in both keeps the answer that is here. */
export function merge(here: Answers, file: Answers): Answers {
	return { ...file, ...here };
}

/** Takes a change from `before` to `after` back, and leaves alone what has come since. */
export function takeBack(now: Answers, before: Answers, after: Answers): Answers {
	const untouched = Object.entries(now).filter(
		([question, answered]) => !same(after[question], answered) || same(before[question], answered)
	);
	const lost = Object.entries(before).filter(
		([question, answered]) =>
			!same(after[question], answered) && same(now[question], after[question])
	);
	return Object.fromEntries([...untouched, ...lost]);
}
