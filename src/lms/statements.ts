import type { Answer, Asked } from './course';
import { identifier, isNumber } from './interaction';
import { isoDuration } from './isoDuration';
import type { Launch } from './launch';
import { uuid } from './uuid';

/** A list of activities, or one alone, as old platforms write it. */
type Activities = object[] | object;

/** What a platform wants to see in the context of each statement. */
export interface ContextTemplate {
	contextActivities?: Record<string, Activities>;
	extensions?: Record<string, unknown>;
	[other: string]: unknown;
}

export interface Statement {
	id: string;
	verb: { id: string; display: Record<string, string> };
	timestamp: string;
	[other: string]: unknown;
}

/** The verbs that cmi5 defines for a course; it allows any others beside them. */
export type Verb = 'initialized' | 'completed' | 'passed' | 'failed' | 'terminated';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const CMI5 = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';
const MOVE_ON = 'https://w3id.org/xapi/cmi5/context/categories/moveon';
const MASTERY = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore';

/** Characters of an answer in a statement. */
const LONGEST_ANSWER = 2000;

interface Details {
	milliseconds: number;
	score?: { right: number; judged: number };
	/** The platform's own, where the verdict rests on it. */
	mastery?: number;
	id?: string;
}

/** Statements of one visit, as the cmi5 profile of xAPI wants them. */
export class Statements {
	constructor(
		private readonly launch: Launch,
		private readonly template: ContextTemplate
	) {}

	/** A statement that cmi5 defines. */
	defined(verb: Verb, { milliseconds, score, mastery, id = uuid() }: Details): Statement {
		const isVerdict = verb === 'passed' || verb === 'failed';
		const movesOn = isVerdict || verb === 'completed';
		const result = {
			...(verb === 'completed' && { completion: true }),
			...(isVerdict && { success: verb === 'passed' }),
			...(isVerdict && score && { score: scoreOf(score) }),
			duration: isoDuration(milliseconds)
		};
		return this.#statement({
			id,
			verb,
			object: { objectType: 'Activity', id: this.launch.activityId },
			categories: movesOn ? [CMI5, MOVE_ON] : [CMI5],
			...(verb !== 'initialized' && { result }),
			...(isVerdict && mastery !== undefined && { extensions: { [MASTERY]: mastery } })
		});
	}

	/** One answer, a statement that cmi5 allows. */
	answered({ id, ask }: Asked, { given, right }: Answer): Statement {
		const { activityId } = this.launch;
		return this.#statement({
			id: uuid(),
			verb: 'answered',
			object: {
				objectType: 'Activity',
				id: `${activityId}${activityId.includes('#') ? '/' : '#'}${identifier(id)}`,
				definition: {
					type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
					interactionType: isNumber(given) ? 'numeric' : 'long-fill-in',
					description: { en: ask }
				}
			},
			categories: [],
			parent: { objectType: 'Activity', id: activityId },
			result: {
				response: given.slice(0, LONGEST_ANSWER),
				...(right !== undefined && { success: right })
			}
		});
	}

	#statement(given: {
		id: string;
		verb: string;
		object: object;
		categories: string[];
		parent?: object;
		result?: object;
		extensions?: object;
	}): Statement {
		const { id, verb, object, categories, parent, result, extensions } = given;
		const { actor, registration } = this.launch;
		const theirs = this.template.contextActivities ?? {};
		const contextActivities: Record<string, Activities> = { ...theirs };
		const add = (name: string, activities: object[]) => {
			const all = [theirs[name] ?? [], activities].flat();
			if (all.length > 0) contextActivities[name] = all;
		};
		add(
			'category',
			categories.map((category) => ({ objectType: 'Activity', id: category }))
		);
		if (parent) add('parent', [parent]);
		return {
			id,
			actor,
			verb: { id: VERBS + verb, display: { en: verb } },
			object,
			...(result && { result }),
			context: {
				...this.template,
				registration,
				contextActivities,
				extensions: { ...extensions, ...this.template.extensions }
			},
			timestamp: new Date().toISOString()
		};
	}
}

function scoreOf({ right, judged }: { right: number; judged: number }): object {
	return {
		scaled: Math.round((right / judged) * 10_000) / 10_000,
		raw: right,
		min: 0,
		max: judged
	};
}
