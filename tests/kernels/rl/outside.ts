import { expect } from 'vitest';

export interface Tolerance {
	rtol: number;
	atol: number;
}

/** A case of a reference file. `raises` stands in place of `outputs` where the reference threw. */
export interface OutsideCase<Inputs, Outputs> {
	name: string;
	inputs: Inputs;
	outputs: Outputs;
	raises?: string;
}

/** One section of a reference file, with the types that its cases have. */
export function section<Inputs, Outputs>(
	reference: { sections: readonly { name: string; tolerance: Tolerance; cases: unknown }[] },
	name: string
): { tolerance: Tolerance; cases: OutsideCase<Inputs, Outputs>[] } {
	const found = reference.sections.find((entry) => entry.name === name);
	if (!found) throw new Error(`no section ${name}`);
	return { tolerance: found.tolerance, cases: found.cases as OutsideCase<Inputs, Outputs>[] };
}

/** "NaN", "Infinity" and "-Infinity" stand for themselves in JSON. */
export type Encoded = number | string;

export function decode(values: readonly Encoded[]): number[] {
	return values.map(Number);
}

export function decodeRows(rows: readonly (readonly Encoded[])[]): number[][] {
	return rows.map(decode);
}

/** |got − want| ≤ atol + rtol·|want|, and the same NaN or infinity. */
export function expectNear(got: number, want: Encoded, { rtol, atol }: Tolerance): void {
	const target = Number(want);
	if (!Number.isFinite(target)) return expect(got).toBe(target);
	expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
}

export function expectAllNear(
	got: readonly number[],
	want: readonly Encoded[],
	tolerance: Tolerance
): void {
	expect(got.length).toBe(want.length);
	got.forEach((value, i) => expectNear(value, want[i], tolerance));
}

export function expectRowsNear(
	got: readonly (readonly number[])[],
	want: readonly (readonly Encoded[])[],
	tolerance: Tolerance
): void {
	expect(got.length).toBe(want.length);
	got.forEach((row, i) => expectAllNear(row, want[i], tolerance));
}
