import { addition } from '../tasks/addition';
import { countdown } from '../tasks/countdown';
import { format } from '../tasks/format';
import { lookup } from '../tasks/lookup';
import { multipleChoice } from '../tasks/multipleChoice';
import { sorting } from '../tasks/sorting';
import type { Checker, Problem, Task } from '../tasks/task';
import type { LabConfig } from './labConfig';

interface LabTask {
	create(checker: Checker): Task<Problem>;
	/** Where supervised training leaves RL something to do. */
	defaults: Partial<LabConfig>;
}

/** A task is asked for its own problems only, so the kind of problem need not be known outside. */
const some = <P extends Problem>(task: Task<P>) => task as unknown as Task<Problem>;

/** The tasks of the Lab by name. */
export const labTasks = {
	sorting: { create: (checker) => some(sorting({ checker })), defaults: {} },
	addition: { create: (checker) => some(addition({ checker })), defaults: { sftSteps: 500 } },
	carries: {
		create: (checker) => some(addition({ form: 'carries', checker })),
		defaults: { sftSteps: 400 }
	},
	countdown: { create: (checker) => some(countdown({ checker })), defaults: { sftSteps: 500 } },
	multipleChoice: {
		create: (checker) => some(multipleChoice({ checker })),
		defaults: { sftSteps: 300 }
	},
	// Half of the demonstrations of these two show a short cut, which only the reward tells from the rule.
	format: {
		create: (checker) => some(format({ checker, untaggedShare: 0.5 })),
		defaults: { sftSteps: 200 }
	},
	lookup: {
		create: (checker) => some(lookup({ checker, guessShare: 0.5 })),
		defaults: { sftSteps: 200 }
	}
} as const satisfies Record<string, LabTask>;

export type TaskName = keyof typeof labTasks;
