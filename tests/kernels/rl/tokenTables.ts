import fc from 'fast-check';

/** Rewards, values and a mask in one ragged shape; every row has at least one unmasked token. */
export const tokenTables = fc
	.array(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 8 }), {
		minLength: 1,
		maxLength: 4
	})
	.map((mask) => mask.map((row) => (row.includes(1) ? row : [...row, 1])))
	.chain((mask) => {
		const table = fc.tuple(
			...mask.map((row) =>
				fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
					minLength: row.length,
					maxLength: row.length
				})
			)
		);
		return fc.record({ mask: fc.constant(mask), rewards: table, values: table });
	});

export const ones = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(() => 1));
