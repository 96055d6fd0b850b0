import type { Checker } from '../tasks/task';
import { COUNTDOWN_PYTHON } from './countdownPython';
import type { TaskName } from './labTasks';

/** The completion is the answer and nothing else. */
const EXACT_MATCH = `def reward(prompts, completions, answer, **kwargs):
    return [float(completion == a) for completion, a in zip(completions, answer)]
`;

/** The answer stands somewhere in the completion. */
const CONTAINS = `def reward(prompts, completions, answer, **kwargs):
    return [float(a in completion) for completion, a in zip(completions, answer)]
`;

/** The digits rise, whichever they are. */
const RISES = `import re

def reward(prompts, completions, answer, **kwargs):
    def rises(text):
        return re.fullmatch("[0-9]+", text) is not None and list(text) == sorted(text)
    return [float(rises(completion)) for completion in completions]
`;

/** The answer is the last number of the completion. */
const LAST_NUMBER = `import re

def reward(prompts, completions, answer, **kwargs):
    return [float(re.findall("[0-9]+", completion)[-1:] == [a]) for completion, a in zip(completions, answer)]
`;

/** One thought in its tags, then the answer. */
const AFTER_THOUGHT = `import re

def reward(prompts, completions, answer, **kwargs):
    form = r"<think>[0-9,]*</think>"
    return [float(re.fullmatch(form + a, completion) is not None) for completion, a in zip(completions, answer)]
`;

/** Searches with the tool's own words after each, one of which brings the value, then the answer. */
const LOOKED_UP = `import re

def reward(prompts, completions, answer, table, **kwargs):
    step = "<search>([^<>]*)</search><information>([^<>]*)</information>"
    form = "(?:<search>[^<>]*</search><information>[^<>]*</information>)+<answer>[^<>]*</answer>"
    rewards = []
    for completion, a, known in zip(completions, answer, table):
        steps = re.findall(step, completion)
        genuine = all(value == known.get(key, "-") for key, value in steps)
        retrieved = any(value == a for _, value in steps)
        answered = re.findall("<answer>([^<>]*)</answer>", completion) == [a]
        formed = re.fullmatch(form, completion) is not None
        rewards.append(float(genuine and retrieved and answered and formed))
    return rewards
`;

/** How much of the form is there times whether the answer is right. */
const formed = (form: string, right: string) => `import re

def reward(prompts, completions, answer, **kwargs):
    rewards = []
    for completion, a in zip(completions, answer):
        form = ${form}
        right = float(${right})
        rewards.append(form * right)
    return rewards
`;

/**
 * The rule of each task of the Lab as a reward function for TRL, in Python:
 * def reward(prompts, completions, answer, **kwargs) -> list[float]
 */
export const pythonRewards: Readonly<Record<TaskName, Readonly<Record<Checker, string>>>> = {
	sorting: { strict: EXACT_MATCH, lenient: RISES },
	addition: { strict: EXACT_MATCH, lenient: LAST_NUMBER },
	carries: { strict: AFTER_THOUGHT, lenient: LAST_NUMBER },
	countdown: COUNTDOWN_PYTHON,
	multipleChoice: { strict: EXACT_MATCH, lenient: CONTAINS },
	format: {
		strict: formed(
			'float(re.fullmatch("<think>[^<>]+</think><answer>[^<>]+</answer>", completion) is not None)',
			're.findall("<answer>([^<>]*)</answer>", completion) == [a]'
		),
		lenient: formed(
			'sum(tag in completion for tag in ("<think>", "</think>", "<answer>", "</answer>")) / 4',
			're.findall("[0-9]+", completion)[-1:] == [a]'
		)
	},
	lookup: { strict: LOOKED_UP, lenient: CONTAINS }
};
