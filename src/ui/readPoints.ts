import type { PointsParam, Reading } from '$widgets/contract';
import { parseList } from './parseList';

/**
 * Points from text: first as the format that the parameter reads, else as lines of "x y". What does
 * not fit comes back as the first line that is wrong, counted from 1, and why.
 */
export function readPoints(text: string, param: PointsParam): Reading {
	const reading = param.read?.(text) ?? readLines(text);
	if ('wrong' in reading) return reading;
	const count = reading.points.length / 2;
	const { min, max, minLength, maxLength, item } = param;
	if (count < minLength || count > maxLength) {
		const wrong = `Points read: ${count}. ${minLength} to ${maxLength} will do, each a ${item}.`;
		return { line: 1, wrong };
	}
	const outside = reading.points.findIndex((x) => !(x >= min && x <= max));
	if (outside >= 0) {
		const which = Math.floor(outside / 2) + 1;
		const wrong = `${item} ${which} lies outside ${min} to ${max}.`;
		return { line: which, wrong };
	}
	return reading;
}

function readLines(text: string): Reading {
	const points: number[] = [];
	for (const [i, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === '') continue;
		const pair = parseList(line);
		if (pair?.length !== 2) return { line: i + 1, wrong: 'expected x and y, such as “12 40”.' };
		points.push(...pair);
	}
	return { points };
}
