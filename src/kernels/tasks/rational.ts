/** An exact fraction in lowest terms, the denominator above 0. */
export interface Rational {
	numerator: bigint;
	denominator: bigint;
}

/** Cost: that of Euclid's algorithm. Throws RangeError for a denominator of 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
	if (denominator === 0n) throw new RangeError('rational: denominator must not be 0');
	let a = numerator < 0n ? -numerator : numerator;
	let b = denominator < 0n ? -denominator : denominator;
	while (b !== 0n) [a, b] = [b, a % b];
	const divisor = denominator < 0n ? -a : a;
	return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export type Operator = '+' | '-' | '*' | '/';

/** x ∘ y, exactly. Throws RangeError for a division by 0. Worked value: 1/3 + 1/6 = 1/2. */
export function applyOperator(operator: Operator, x: Rational, y: Rational): Rational {
	switch (operator) {
		case '+':
		case '-': {
			const second = (operator === '+' ? y.numerator : -y.numerator) * x.denominator;
			return rational(x.numerator * y.denominator + second, x.denominator * y.denominator);
		}
		case '*':
			return rational(x.numerator * y.numerator, x.denominator * y.denominator);
		case '/':
			return rational(x.numerator * y.denominator, x.denominator * y.numerator);
	}
}

/** "7" or "7/2". */
export function printRational({ numerator, denominator }: Rational): string {
	return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}
