import { settle } from '$player/settle';
import { withAnswer, withFigure, withSeen } from './changeWork';
import {
	NO_WORK,
	standingOf,
	type Answer,
	type Outline,
	type Part,
	type Platform,
	type Work
} from './course';
import { LocalCopy } from './localCopy';
import { isCut, mergeWork, readWork } from './writeWork';

/** Work goes to the platform once it has been quiet this long, in milliseconds. */
const QUIET = 1000;
/** Then again after a failure. */
const AGAIN = 15_000;
/** A platform that holds the page up is told only after a quiet so many times as long. */
const SLOWER = 10;

/** One visit to a course: it gathers what the reader does and brings it to the platform. */
export class Visit {
	work: Work = $state.raw(NO_WORK);
	/** What the platform has not taken yet. */
	missing: readonly Part[] = $state.raw([]);
	/** True while that is kept in this browser, beyond the life of the page. */
	hasCopy = $state(false);
	hasEnded = $state(false);

	#copy: LocalCopy | undefined;
	#saving: Promise<void> | undefined;
	#isDirty = false;

	constructor(
		readonly outline: Outline,
		readonly platform: Platform | undefined,
		course: string
	) {
		if (!platform) return;
		const { work } = readWork(platform.kept);
		// On a shared computer a copy without a name could be anyone's.
		if (platform.records && platform.learner !== '') {
			this.#copy = new LocalCopy(`rollout.course.${course}.${platform.learner}`);
		}
		const own = this.#copy?.read();
		this.work = own ? mergeWork(work, own) : work;
		for (const question of outline.questions) {
			const answer = own?.answers.get(question.id);
			if (answer && answer.tries > (work.answers.get(question.id)?.tries ?? 0)) {
				platform.answered(question, answer);
			}
		}
		this.#isDirty = true;
		void this.save();
	}

	/** True where the platform has lost the end of what the last visit left there. */
	get isCut() {
		return isCut(this.platform?.kept ?? '');
	}

	get standing() {
		return standingOf(this.outline, this.work);
	}

	answer(id: string, given: string, right: boolean | undefined): void {
		const tries = (this.work.answers.get(id)?.tries ?? 0) + 1;
		const answer: Answer = { given, right, tries };
		this.#change(withAnswer(this.work, id, answer));
		const question = this.outline.questions.find((asked) => asked.id === id);
		if (question) this.platform?.answered(question, answer);
	}

	/** Without settings the figure is as it was drawn. */
	keepFigure(id: string, settings: Readonly<Record<string, string>> | undefined): void {
		if (!settings && !this.work.figures.has(id)) return;
		this.#change(withFigure(this.work, id, settings));
	}

	see(heading: string): void {
		if (!this.work.seen.has(heading)) this.#change(withSeen(this.work, heading));
	}

	readAt(heading: string): void {
		if (this.work.at !== heading) this.#change({ ...this.work, at: heading });
	}

	/** Brings the work to the platform now, and again later where it does not take it. */
	save(): Promise<void> {
		this.#saving ??= this.#saveAll().finally(() => (this.#saving = undefined));
		return this.#saving;
	}

	/** The page goes away, or the reader has had enough. */
	leave(): void {
		if (this.hasEnded || !this.platform) return;
		this.#settling.stop();
		this.#trying.stop();
		this.hasEnded = true;
		// Nobody will say whether the platform took it.
		if (this.#isDirty) this.#copy?.write(this.work);
		this.platform.leave({ work: this.work, standing: this.standing });
	}

	#settling = settle(QUIET, () => void this.save());
	#trying = settle(AGAIN, () => void this.save());

	/** Some platforms answer only when their server has, and the figure stands still meanwhile. */
	#keepPace(held: number): void {
		if (SLOWER * held <= QUIET) return;
		this.#settling.stop();
		this.#settling = settle(SLOWER * held, () => void this.save());
	}

	#change(work: Work): void {
		this.work = work;
		this.#isDirty = true;
		this.#settling.touch();
	}

	async #saveAll(): Promise<void> {
		while (this.#isDirty && this.platform && !this.hasEnded) {
			this.#isDirty = false;
			const { work, standing } = this;
			const began = performance.now();
			const reporting = this.platform.report({ work, standing });
			this.#keepPace(performance.now() - began);
			this.missing = await reporting;
			if (this.missing.length === 0) {
				this.#copy?.clear();
				continue;
			}
			this.#isDirty = true;
			this.hasCopy = this.#copy?.write(this.work) ?? false;
			this.#trying.touch();
			return;
		}
	}
}
