import { LONGEST_EXPRESSION } from './expression';

const PARSER = `from fractions import Fraction

def evaluate(text):
    """(value, numbers) of an expression, or None. Grammar: sums of products of numbers and brackets."""
    numbers = []
    at = 0

    def peek():
        return text[at] if at < len(text) else ""

    def chain(operators, operand):
        nonlocal at
        value = operand()
        while peek() and peek() in operators:
            operator = peek()
            at += 1
            other = operand()
            if operator == "+":
                value += other
            elif operator == "-":
                value -= other
            elif operator == "*":
                value *= other
            else:
                value /= other
        return value

    def expression():
        return chain("+-", term)

    def term():
        return chain("*/", factor)

    def factor():
        nonlocal at
        if peek() == "(":
            at += 1
            value = expression()
            if peek() != ")":
                raise ValueError
            at += 1
            return value
        start = at
        while peek() and peek() in "0123456789":
            at += 1
        number = text[start:at]
        if number == "" or (len(number) > 1 and number[0] == "0"):
            raise ValueError
        numbers.append(number)
        return Fraction(int(number))

    if len(text) > ${LONGEST_EXPRESSION}:
        return None
    try:
        value = expression()
    except (ValueError, ZeroDivisionError):
        return None
    return (value, numbers) if at == len(text) else None
`;

/** The rule of `countdown` as a TRL reward function; Python's own eval would take powers and signs. */
export const COUNTDOWN_PYTHON = {
	strict: `${PARSER}
def reward(prompts, completions, answer, **kwargs):
    rewards = []
    for prompt, completion, a in zip(prompts, completions, answer):
        found = evaluate(completion)
        given = prompt.split("=")[0].split(",")
        right = found is not None and found[0] == int(a) and sorted(found[1]) == sorted(given)
        rewards.append(float(right))
    return rewards
`,
	lenient: `${PARSER}
def reward(prompts, completions, answer, **kwargs):
    rewards = []
    for completion, a in zip(completions, answer):
        found = evaluate(completion)
        rewards.append(float(found is not None and found[0] == int(a)))
    return rewards
`
};
