/** TRL reward functions that serve more than one task. */

/** The completion is the answer and nothing else. */
export const EXACT_MATCH = `def reward(prompts, completions, answer, **kwargs):
    return [float(completion == a) for completion, a in zip(completions, answer)]
`;

/** The answer stands somewhere in the completion. */
export const CONTAINS = `def reward(prompts, completions, answer, **kwargs):
    return [float(a in completion) for completion, a in zip(completions, answer)]
`;
