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
	addition: { create: (checker) => some(addition({ checker })), defaults: {} },
	carries: {
		create: (checker) => some(addition({ form: 'carries', checker })),
		defaults: {}
	},
	countdown: { create: (checker) => some(countdown({ checker })), defaults: {} },
	sorting: { create: (checker) => some(sorting({ checker })), defaults: {} },
	multipleChoice: { create: (checker) => some(multipleChoice({ checker })), defaults: {} },
	format: { create: (checker) => some(format({ checker })), defaults: {} },
	lookup: { create: (checker) => some(lookup({ checker })), defaults: {} }
} as const satisfies Record<string, LabTask>;

export type TaskName = keyof typeof labTasks;
