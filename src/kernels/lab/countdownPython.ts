import { LONGEST_EXPRESSION } from '../tasks/expression';

const PARSER = `from fractions import Fraction
from operator import add, mul, sub, truediv

OPERATORS = {"+": add, "-": sub, "*": mul, "/": truediv}

def evaluate(text):
    """(value, numbers) of an expression, or None: sums of products of numbers and brackets."""
    numbers = []
    at = 0

    def next_in(characters):
        return at < len(text) and text[at] in characters

    def chain(operators, operand):
        nonlocal at
        value = operand()
        while next_in(operators):
            operator = OPERATORS[text[at]]
            at += 1
            value = operator(value, operand())
        return value

    def expression():
        return chain("+-", term)

    def term():
        return chain("*/", factor)

    def factor():
        nonlocal at
        start = at
        if next_in("("):
            at += 1
            value = expression()
            if not next_in(")"):
                raise ValueError
            at += 1
            return value
        while next_in("0123456789"):
            at += 1
        number = text[start:at]
        if number != str(int(number)):
            raise ValueError
        numbers.append(number)
        return Fraction(number)

    if len(text) > ${LONGEST_EXPRESSION}:
        return None
    try:
        value = expression()
    except (ValueError, ZeroDivisionError):
        return None
    return (value, numbers) if at == len(text) else None
`;

const reward = (also: string) => `${PARSER}
def reward(prompts, completions, answer, **kwargs):
    rewards = []
    for prompt, completion, a in zip(prompts, completions, answer):
        found = evaluate(completion)
        right = found is not None and found[0] == int(a)${also}
        rewards.append(float(right))
    return rewards
`;

/** The rule of `countdown` as a TRL reward function; Python's own eval would take powers and signs. */
export const COUNTDOWN_PYTHON = {
	strict: reward(' and sorted(found[1]) == sorted(prompt.split("=")[0].split(","))'),
	lenient: reward('')
};
