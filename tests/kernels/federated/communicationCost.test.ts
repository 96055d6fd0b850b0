import { expect, test } from 'vitest';
import { communicationCost } from '../../../src/kernels/federated/communicationCost';

test('the official run: 4.75 MB a client and round, 7.61 GB in all', () => {
	const cost = communicationCost({ parameters: 1_188_354, clients: 8, rounds: 100 });
	expect(cost.perClient).toBe(4_753_416);
	expect(cost.upPerRound).toBe(38_027_328);
	expect(cost.downPerRound).toBe(cost.upPerRound);
	expect(cost.total).toBe(7_605_465_600);
});

test('half the precision, half the bytes', () => {
	const settings = { parameters: 1000, clients: 3, rounds: 7 };
	const full = communicationCost(settings).total;
	expect(communicationCost({ ...settings, bytesPerParameter: 2 }).total).toBe(full / 2);
	expect(communicationCost({ ...settings, rounds: 0 }).total).toBe(0);
});

test('refuses fractions and negative numbers', () => {
	const settings = { parameters: 10, clients: 2, rounds: 1 };
	expect(() => communicationCost({ ...settings, clients: 0 })).toThrow('clients');
	expect(() => communicationCost({ ...settings, rounds: 1.5 })).toThrow('rounds');
	expect(() => communicationCost({ ...settings, parameters: -1 })).toThrow('parameters');
});
