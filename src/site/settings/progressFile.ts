import { isTheme, type Theme } from '../keepTheme';
import { isRecord, LONGEST, pickAnswers, VERSION, type Answers } from '../kept/answers';

const FORMAT = 'rollout-progress';

/** All that a progress file carries. */
export interface Progress {
	theme: Theme;
	answers: Answers;
}

export type Reading =
	| { progress: Progress; /** Names of entries that are not answers. */ left: readonly string[] }
	| { wrong: string };

/** Such as "rollout-progress-2026-11-29.json", by the day where the reader is. */
export function fileName(now: Date): string {
	const part = (value: number) => String(value).padStart(2, '0');
	const day = [now.getFullYear(), part(now.getMonth() + 1), part(now.getDate())].join('-');
	return `${FORMAT}-${day}.json`;
}

/**
 * The file as text: {"format": "rollout-progress", "version": 1, "saved": time, "theme": …,
 * "answers": {"lesson/widget/question": {"given": …, "right": …}}}.
 */
export function writeProgress({ theme, answers }: Progress, saved: Date): string {
	const file = { format: FORMAT, version: VERSION, saved: saved.toISOString(), theme, answers };
	return JSON.stringify(file, null, '\t') + '\n';
}

/** Reads any text; what is wrong with it is said in words that follow “This file”. */
export function readProgress(text: string): Reading {
	if (text.length > LONGEST) return { wrong: 'is longer than any progress file.' };
	let file: unknown;
	try {
		file = JSON.parse(text);
	} catch {
		return { wrong: 'is not JSON, or it was cut short.' };
	}
	if (!isRecord(file) || file.format !== FORMAT) {
		return { wrong: 'is not a progress file of this site.' };
	}
	const { version, theme, answers } = file;
	if (Number.isInteger(version) && (version as number) > VERSION) {
		return { wrong: `is of form ${version}, of a newer site; this one reads form ${VERSION}.` };
	}
	if (version !== VERSION) return { wrong: `lacks its version, which should be ${VERSION}.` };
	if (!isRecord(answers)) return { wrong: 'lacks its answers.' };
	const picked = pickAnswers(answers);
	return {
		progress: { theme: isTheme(theme) ? theme : 'system', answers: picked.answers },
		left: picked.left
	};
}
