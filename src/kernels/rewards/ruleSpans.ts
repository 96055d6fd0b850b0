export type RuleName = 'strict' | 'flexible' | 'tags' | 'think';

/** From a position of the text to the one behind the last. */
export type Span = readonly [number, number];

export interface RuleSpans {
	/** All that the rule reads; what stands outside can be anything. */
	read: Span;
	/** What it takes for the answer, or null. */
	found: Span | null;
}

/** gsm8kReward reads the last 300 code points; a text of up to 300 code units as it is. */
const WINDOW = 300;

function windowStart(text: string): number {
	return text.length > WINDOW ? text.length - [...text].slice(-WINDOW).join('').length : 0;
}

function lastOf(matches: readonly RegExpExecArray[]): RegExpExecArray | undefined {
	return matches.findLast(([found]) => found !== '.') ?? matches[0];
}

function inTags(text: string): Span | null {
	const last = [...text.matchAll(/<answer>([^]*?)<\/answer>/g)].at(-1);
	if (!last) return null;
	const from = last.index + '<answer>'.length;
	const inner = last[1];
	const start = from + inner.length - inner.trimStart().length;
	return [start, start + inner.trim().length];
}

/**
 * Where in a text a rule reward looks, for a drawing that marks it. The rewards themselves are gsm8kReward
 * ('strict' and 'flexible'), extractAnswer ('tags') and thinkFormatReward ('think'); a test holds that the
 * characters at `found` are what these extract.
 *
 * Cost: O(length), for 'tags' O(length · tags left open). Throws nothing.
 * Worked value: 'strict' in "9·2\n#### 18": read [0, 11], found [9, 11].
 */
export function ruleSpans(text: string, rule: RuleName): RuleSpans {
	const whole: Span = [0, text.length];
	if (rule === 'tags') return { read: whole, found: inTags(text) };
	if (rule === 'think') {
		const block = /^<think>(?![^]*<think>)[^]*?<\/think>/.exec(text);
		return { read: whole, found: block && [0, block[0].length] };
	}
	const start = windowStart(text);
	const end = text.slice(start);
	const read: Span = [start, text.length];
	if (rule === 'flexible') {
		const last = lastOf([...end.matchAll(/-?[0-9.,]+/g)]);
		return { read, found: last ? [start + last.index, start + last.index + last[0].length] : null };
	}
	const last = [...end.matchAll(/#### (-?[0-9.,]+)/g)].at(-1);
	if (!last) return { read, found: null };
	const to = start + last.index + last[0].length;
	return { read, found: [to - last[1].length, to] };
}
