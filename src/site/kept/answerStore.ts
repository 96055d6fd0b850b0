import { parseAnswers, printAnswers, type Answers } from './answers';
import { ANSWERS_KEY } from './answersKey';
import { setAside } from './setAside';

/** Something was set aside, or nothing can be kept beyond this page. */
export type Trouble = 'aside' | 'unsaved';

/**
 * The reader's answers in the browser's storage. Each change starts from what is stored at that
 * moment, so that two open pages do not undo each other. Where storage is refused, full or cannot be
 * cleared of what is not ours, the answers last as long as this object.
 */
export class AnswerStore {
	#unsaved: Answers = {};

	constructor(
		/** Reaching for the storage may throw where it is refused. */
		private storage: () => Storage,
		private tell: (trouble: Trouble) => void
	) {}

	read(): Answers {
		return { ...this.#stored(), ...this.#unsaved };
	}

	/** False where the change was not stored. */
	change(change: (answers: Answers) => Answers): boolean {
		const stored = this.#stored();
		const next = change({ ...stored, ...this.#unsaved });
		const saved = stored !== undefined && this.#save(next);
		this.#unsaved = saved ? {} : next;
		if (!saved) this.tell('unsaved');
		return saved;
	}

	/** Undefined where nothing can be stored. */
	#stored(): Answers | undefined {
		try {
			const storage = this.storage();
			const text = storage.getItem(ANSWERS_KEY);
			if (text === null) return {};
			const { answers, whole } = parseAnswers(text);
			if (whole) return answers;
			this.tell('aside');
			if (!setAside(storage, ANSWERS_KEY, text)) return undefined;
			this.#save(answers);
			return answers;
		} catch {
			return undefined;
		}
	}

	#save(answers: Answers): boolean {
		try {
			if (Object.keys(answers).length === 0) this.storage().removeItem(ANSWERS_KEY);
			else this.storage().setItem(ANSWERS_KEY, printAnswers(answers));
			return true;
		} catch {
			return false;
		}
	}
}
