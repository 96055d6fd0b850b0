import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { roles } from '../../src/plot/roles';
import type { Role } from '../../src/widgets/contract';

const contract = readFileSync('src/widgets/contract.ts', 'utf8');
const declared = [...(contract.match(/type Role =([^;]*);/)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
	([, role]) => role
);
const tokens = readFileSync('src/ui/tokens.css', 'utf8');

describe('roles', () => {
	it('has every role of the contract and no other', () => {
		expect(Object.keys(roles).sort()).toEqual(declared.sort());
	});

	it('takes its colours from the tokens', () => {
		for (const { color } of Object.values(roles)) expect(tokens).toContain(`${color}:`);
	});

	it.each([
		['policy', 'reference', 'old', 'theory', 'kl'],
		['a', 'b', 'c', 'd'],
		['success', 'failure']
	] as Role[][])('tells apart without colour: %s, %s …', (...together) => {
		expect(new Set(together.map((role) => roles[role].dash)).size).toBe(together.length);
	});

	it.each([
		['policy', 'reference', 'old'],
		['a', 'b', 'c', 'd'],
		['success', 'failure']
	] as Role[][])('gives points and bars their own mark: %s, %s …', (...together) => {
		expect(new Set(together.map((role) => roles[role].marker)).size).toBe(together.length);
		expect(new Set(together.map((role) => roles[role].texture)).size).toBe(together.length);
	});
});
